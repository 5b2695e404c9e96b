using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary><c>del</c>.</summary>
internal sealed class DelStmt(IReadOnlyList<Target> targets, int line) : Stmt(line)
{
    public override void Declare(Scope scope)
    {
        foreach (var target in targets) target.DeclareStore(scope);
    }

    public override Flow Run(Frame frame)
    {
        foreach (var target in targets) target.Delete(frame);
        return Flow.Next;
    }
}
