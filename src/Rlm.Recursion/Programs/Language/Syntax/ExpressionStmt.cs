using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary>An expression as a statement.</summary>
internal sealed class ExpressionStmt(Expr value, int line) : Stmt(line)
{
    public Expr Value { get; } = value;

    public override bool Yields => Value is YieldExpr;

    public override void Declare(Scope scope) => Value.Declare(scope);

    public override Flow Run(Frame frame)
    {
        frame.LastValue = Value.Eval(frame);
        return Flow.Next;
    }

    public override IEnumerable<object> Steps(Frame frame)
    {
        foreach (var value in ((YieldExpr)Value).Values(frame)) yield return value;
        frame.Ended = Flow.Next;
    }
}
