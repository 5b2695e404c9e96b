using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary><c>start:stop:step</c> between brackets.</summary>
internal sealed class SliceExpr(Expr? start, Expr? stop, Expr? step, int line) : Expr(line)
{
    public override void Declare(Scope scope)
    {
        start?.Declare(scope);
        stop?.Declare(scope);
        step?.Declare(scope);
    }

    public override object Eval(Frame frame) => new PySlice(start?.Eval(frame) ?? PyNone.Value, stop?.Eval(frame) ?? PyNone.Value, step?.Eval(frame) ?? PyNone.Value);
}
