using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary>A set display. CPython builds one of three and more constants through two frozensets (the compiler merges equal constants), which may change the order.</summary>
internal sealed class SetExpr(IReadOnlyList<Expr> items, int line) : Expr(line)
{
    private readonly IReadOnlyList<Expr> _items = items;

    public override void Declare(Scope scope)
    {
        foreach (var item in _items) item.Declare(scope);
    }

    /// <summary>As a source of a loop: CPython's compiler makes constants a frozenset then, and iterates that.</summary>
    public static object Source(Frame frame, Expr source) => source is SetExpr set && set._items.All(item => item.IsConstant) ? set.Merged(frame) : source.Eval(frame);

    public override object Eval(Frame frame)
    {
        if (_items.Count >= 3 && _items.All(item => item.IsConstant)) return Merged(frame).Copy(frame.Machine, false);
        var made = new PySet(false);
        foreach (var item in Displays.Elements(frame, _items)) made.Add(frame.Machine, item);
        return made;
    }

    private PySet Merged(Frame frame)
    {
        var made = new PySet(true);
        foreach (var item in _items) made.Add(frame.Machine, item.Eval(frame));
        var again = new PySet(true);
        foreach (var item in made.Items) again.Add(frame.Machine, item);
        return again;
    }
}
