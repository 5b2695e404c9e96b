using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary><c>value[index]</c>.</summary>
internal sealed class IndexExpr(Expr owner, Expr index, int line) : Target(line)
{
    public Expr Owner { get; } = owner;

    public Expr Index { get; } = index;

    public override void Declare(Scope scope)
    {
        Owner.Declare(scope);
        Index.Declare(scope);
    }

    public override void DeclareStore(Scope scope) => Declare(scope);

    public override object Eval(Frame frame)
    {
        var value = Owner.Eval(frame);
        var at = Index.Eval(frame);
        if (value is PyList list && at is long place && (ulong)place < (ulong)list.Items.Count) return list.Items[(int)place];
        frame.Line = Line;
        return Subscripts.Get(frame.Machine, value, at);
    }

    public override void Store(Frame frame, object value)
    {
        var owner = Owner.Eval(frame);
        var at = Index.Eval(frame);
        frame.Line = Line;
        Subscripts.Set(frame.Machine, owner, at, value);
    }

    public override void Delete(Frame frame)
    {
        var owner = Owner.Eval(frame);
        var at = Index.Eval(frame);
        frame.Line = Line;
        Subscripts.Delete(frame.Machine, owner, at);
    }
}
