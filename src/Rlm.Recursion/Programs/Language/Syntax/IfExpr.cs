using Rlm.Recursion.Programs.Language.Running;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary><c>then if test else otherwise</c>.</summary>
internal sealed class IfExpr(Expr test, Expr then, Expr otherwise, int line) : Expr(line)
{
    public override void Declare(Scope scope)
    {
        test.Declare(scope);
        then.Declare(scope);
        otherwise.Declare(scope);
    }

    public override object Eval(Frame frame) => test.Test(frame) ? then.Eval(frame) : otherwise.Eval(frame);
}
