using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary><c>global</c> and <c>nonlocal</c>.</summary>
internal sealed class ScopeStmt(bool isGlobal, IReadOnlyList<string> names, int line) : Stmt(line)
{
    public override void Declare(Scope scope)
    {
        foreach (var name in names)
            if (isGlobal) scope.Global(name, Line);
            else scope.Nonlocal(name, Line);
    }

    public override Flow Run(Frame frame) => Flow.Next;
}
