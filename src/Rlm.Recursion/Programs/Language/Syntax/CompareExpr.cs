using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary>A comparison, or a chain of them; each operand is evaluated once.</summary>
internal sealed class CompareExpr(Expr first, IReadOnlyList<(string Sign, Expr Operand)> rest, int line) : Expr(line)
{
    public override void Declare(Scope scope)
    {
        first.Declare(scope);
        foreach (var (_, operand) in rest) operand.Declare(scope);
    }

    public override object Eval(Frame frame) => Box.Of(Test(frame));

    public override bool Test(Frame frame)
    {
        var left = first.Eval(frame);
        foreach (var (sign, operand) in rest)
        {
            var right = operand.Eval(frame);
            if (!Holds(frame, sign, left, right)) return false;
            left = right;
        }
        return true;
    }

    private bool Holds(Frame frame, string sign, object left, object right)
    {
        if (left is long a && right is long b)
            switch (sign)
            {
                case "<":
                    return a < b;
                case "<=":
                    return a <= b;
                case ">":
                    return a > b;
                case ">=":
                    return a >= b;
                case "==":
                    return a == b;
                case "!=":
                    return a != b;
            }
        frame.Line = Line;
        return sign switch
        {
            "==" => Comparing.Equal(left, right),
            "!=" => NotEqual(frame.Machine, left, right),
            "in" => Containing.Has(frame.Machine, right, left),
            "not in" => !Containing.Has(frame.Machine, right, left),
            "is" => Identity.Same(left, right),
            "is not" => !Identity.Same(left, right),
            _ => Comparing.Less(frame.Machine, sign, left, right),
        };
    }

    private static bool NotEqual(Machine machine, object left, object right) =>
        Instances.Try(machine, left, "__ne__", right) is { } own && !Instances.IsNotImplemented(own) ? Truth.Of(machine, own) : !Comparing.Equal(left, right);
}
