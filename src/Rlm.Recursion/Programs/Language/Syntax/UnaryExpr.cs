using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary><c>- + ~ not</c>.</summary>
internal sealed class UnaryExpr(string sign, Expr inner, int line) : Expr(line)
{
    public override bool IsConstant => inner.IsConstant;

    public override void Declare(Scope scope) => inner.Declare(scope);

    public override object Eval(Frame frame)
    {
        if (sign == "not") return Box.Of(!inner.Test(frame));
        var value = inner.Eval(frame);
        frame.Line = Line;
        return sign switch { "-" => Arith.Negative(frame.Machine, value), "+" => Arith.Positive(frame.Machine, value), _ => Arith.Invert(frame.Machine, value) };
    }

    public override bool Test(Frame frame) => sign == "not" ? !inner.Test(frame) : base.Test(frame);
}
