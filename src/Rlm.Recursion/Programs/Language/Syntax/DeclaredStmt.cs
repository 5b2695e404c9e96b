using Rlm.Recursion.Programs.Language.Running;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary><c>name: hint</c>: it makes the name a local one and does nothing.</summary>
internal sealed class DeclaredStmt(NameExpr name, int line) : Stmt(line)
{
    public override void Declare(Scope scope) => name.DeclareStore(scope);

    public override Flow Run(Frame frame) => Flow.Next;
}
