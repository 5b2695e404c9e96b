using Rlm.Recursion.Programs.Language.Builtins;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary>A dict display; a null key means <c>**value</c>.</summary>
internal sealed class DictExpr(IReadOnlyList<(Expr? Key, Expr Value)> items, int line) : Expr(line)
{
    public override void Declare(Scope scope)
    {
        foreach (var (key, value) in items)
        {
            key?.Declare(scope);
            value.Declare(scope);
        }
    }

    public override object Eval(Frame frame)
    {
        var made = new PyDict();
        var waiting = new List<(object Key, object Value)>();
        foreach (var (key, value) in items)
        {
            if (key is not null)
            {
                var known = key.Eval(frame);
                waiting.Add((known, value.Eval(frame)));
                continue;
            }
            Put(frame, made, waiting);
            var more = value.Eval(frame);
            DictMethods.Update(frame.Machine, made, more as PyDict ?? throw Raise.Type($"'{Types.NameOf(more)}' object is not a mapping"));
        }
        Put(frame, made, waiting);
        return made;
    }

    // Keys are hashed after all values of a run are there, as CPython does: which error comes first is seen.
    private static void Put(Frame frame, PyDict made, List<(object Key, object Value)> waiting)
    {
        foreach (var (key, value) in waiting) made.Set(frame.Machine, key, value);
        waiting.Clear();
    }
}
