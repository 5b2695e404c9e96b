using Rlm.Recursion.Programs.Language.Running;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary><c>pass</c>, <c>break</c> and <c>continue</c>.</summary>
internal sealed class JumpStmt(Flow flow, int line) : Stmt(line)
{
    public override void Declare(Scope scope)
    {
    }

    public override Flow Run(Frame frame) => flow;
}
