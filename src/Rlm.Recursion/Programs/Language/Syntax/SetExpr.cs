using Rlm.Recursion.Programs.Language.Builtins;
using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary>A set display. CPython builds one of three and more constants through two frozensets (the compiler merges equal constants), which may change the order.</summary>
internal sealed class SetExpr(IReadOnlyList<Expr> items, int line) : Expr(line)
{
    public override void Declare(Scope scope)
    {
        foreach (var item in items) item.Declare(scope);
    }

    public override object Eval(Frame frame)
    {
        var made = new PySet(false);
        foreach (var item in Displays.Elements(frame, items)) made.Add(frame.Machine, item);
        if (items.Count < 3 || !items.All(item => item.IsConstant)) return made;
        var again = new PySet(true);
        foreach (var item in made.Items) again.Add(frame.Machine, item);
        return again.Copy(frame.Machine, false);
    }
}
