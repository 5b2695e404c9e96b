using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary>An assignment to one or several targets, from left to right.</summary>
internal sealed class AssignStmt(IReadOnlyList<Target> targets, Expr value, int line) : Stmt(line)
{
    public override bool Yields => value is YieldExpr;

    public override void Declare(Scope scope)
    {
        value.Declare(scope);
        foreach (var target in targets) target.DeclareStore(scope);
    }

    public override Flow Run(Frame frame)
    {
        Store(frame, value.Eval(frame));
        return Flow.Next;
    }

    public override IEnumerable<object> Steps(Frame frame)
    {
        var yielded = (YieldExpr)value;
        foreach (var item in yielded.Values(frame)) yield return item;
        Store(frame, yielded.Outcome(frame));
        frame.Ended = Flow.Next;
    }

    private void Store(Frame frame, object found)
    {
        foreach (var target in targets) target.Store(frame, found);
    }
}
