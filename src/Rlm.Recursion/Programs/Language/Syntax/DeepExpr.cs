using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary>Stands in long chains and looks whether the stack still has room.</summary>
internal sealed class DeepExpr(Expr inner) : Expr(inner.Line)
{
    public override void Declare(Scope scope)
    {
        Deep.Check();
        inner.Declare(scope);
    }

    public override object Eval(Frame frame)
    {
        Deep.Check();
        return inner.Eval(frame);
    }
}
