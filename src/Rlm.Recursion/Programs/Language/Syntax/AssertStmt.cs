using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary><c>assert</c>.</summary>
internal sealed class AssertStmt(Expr test, Expr? message, int line) : Stmt(line)
{
    public override void Declare(Scope scope)
    {
        test.Declare(scope);
        message?.Declare(scope);
    }

    public override Flow Run(Frame frame)
    {
        if (test.Test(frame)) return Flow.Next;
        throw new PyRaise(new PyException(ExceptionTypes.AssertionError, message is null ? PyTuple.Empty : PyTuple.Of(message.Eval(frame)))).InContext(frame.Machine);
    }
}
