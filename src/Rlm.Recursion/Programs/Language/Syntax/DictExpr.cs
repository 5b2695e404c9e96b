using Rlm.Recursion.Programs.Language.Builtins;
using Rlm.Recursion.Programs.Language.Modules;
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
        foreach (var (key, value) in items)
        {
            if (key is not null)
            {
                var known = key.Eval(frame);
                made.Set(frame.Machine, known, value.Eval(frame));
            }
            else if (value.Eval(frame) is var more && more is PyDict dict) DictMethods.Update(frame.Machine, made, dict);
            else throw Raise.Type($"'{Types.NameOf(more)}' object is not a mapping");
        }
        return made;
    }
}
