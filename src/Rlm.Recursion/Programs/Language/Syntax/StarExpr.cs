using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary><c>*value</c> in a display, a call or a target.</summary>
internal sealed class StarExpr(Expr inner, int line) : Expr(line)
{
    public Expr Inner { get; } = inner;

    public override void Declare(Scope scope) => Inner.Declare(scope);

    public override object Eval(Frame frame) => throw new ProgramSyntaxException("can't use starred expression here", Line);
}
