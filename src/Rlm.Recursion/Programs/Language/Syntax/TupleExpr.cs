using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary>A tuple display.</summary>
internal sealed class TupleExpr(IReadOnlyList<Expr> items, int line) : Target(line)
{
    public IReadOnlyList<Expr> Items { get; } = items;

    public override bool IsConstant => Items.All(item => item.IsConstant);

    public override void Declare(Scope scope)
    {
        foreach (var item in Items) item.Declare(scope);
    }

    public override object Eval(Frame frame)
    {
        if (Items.Count == 0) return PyTuple.Empty;
        frame.Machine.ChargeElements(Items.Count);
        return new PyTuple([.. Displays.Elements(frame, Items)]);
    }

    public override void DeclareStore(Scope scope) => Unpacking.Declare(Items, scope);

    public override void Store(Frame frame, object value) => Unpacking.Store(frame, Items, value);

    public override void Delete(Frame frame)
    {
        foreach (var item in Items) ((Target)item).Delete(frame);
    }
}
