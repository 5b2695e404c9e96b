using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary><c>return</c>.</summary>
internal sealed class ReturnStmt(Expr? value, int line) : Stmt(line)
{
    public override void Declare(Scope scope)
    {
        if (scope.Kind != ScopeKind.Function) throw new ProgramSyntaxException("'return' outside function", Line);
        value?.Declare(scope);
    }

    public override Flow Run(Frame frame)
    {
        frame.Result = value?.Eval(frame) ?? PyNone.Value;
        return Flow.Return;
    }
}
