using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary>A list display.</summary>
internal sealed class ListExpr(IReadOnlyList<Expr> items, int line) : Target(line)
{
    public IReadOnlyList<Expr> Items { get; } = items;

    public override void Declare(Scope scope)
    {
        foreach (var item in Items) item.Declare(scope);
    }

    public override object Eval(Frame frame)
    {
        frame.Machine.ChargeElements(Items.Count);
        return new PyList(Displays.Elements(frame, Items));
    }

    public override void DeclareStore(Scope scope) => Unpacking.Declare(Items, scope);

    public override void Store(Frame frame, object value) => Unpacking.Store(frame, Items, value);

    public override void Delete(Frame frame)
    {
        foreach (var item in Items) ((Target)item).Delete(frame);
    }
}
