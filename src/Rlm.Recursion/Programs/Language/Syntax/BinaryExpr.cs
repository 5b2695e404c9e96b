using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary>A binary operator; sums, differences and products of small ints are done here.</summary>
internal sealed class BinaryExpr(string sign, Expr left, Expr right, int line) : Expr(line)
{
    private readonly char _fast = sign.Length == 1 ? sign[0] : '\0';

    public override bool IsConstant => left.IsConstant && right.IsConstant;

    public override void Declare(Scope scope)
    {
        left.Declare(scope);
        right.Declare(scope);
    }

    public override object Eval(Frame frame)
    {
        var first = left.Eval(frame);
        var second = right.Eval(frame);
        if (first is long a && second is long b && Quick(_fast, a, b) is { } quick) return quick;
        frame.Line = Line;
        return Arith.Binary(frame.Machine, sign, first, second);
    }

    /// <summary>The result where it is cheap and small; otherwise null.</summary>
    public static object? Quick(char sign, long a, long b)
    {
        switch (sign)
        {
            case '+':
                var sum = unchecked(a + b);
                return ((a ^ sum) & (b ^ sum)) < 0 ? null : Box.Of(sum);
            case '-':
                var difference = unchecked(a - b);
                return ((a ^ b) & (a ^ difference)) < 0 ? null : Box.Of(difference);
            case '*' when (int)a == a && (int)b == b:
                return Box.Of(a * b);
            case '%' when a >= 0 && b > 0:
                return Box.Of(a % b);
            case '&':
                return Box.Of(a & b);
            default:
                return null;
        }
    }
}
