using System.Numerics;
using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary>Operators on floats, with CPython's errors.</summary>
internal static class Floats
{
    public static double Of(object value) => value switch
    {
        double number => number,
        long number => number,
        bool truth => truth ? 1 : 0,
        BigInteger big => OfBig(big),
        _ => throw Raise.Type($"must be real number, not {Types.NameOf(value)}"),
    };

    public static object Binary(string sign, double a, double b, object left, object right)
    {
        switch (sign)
        {
            case "+":
                return a + b;
            case "-":
                return a - b;
            case "*":
                return a * b;
            case "/":
                return b == 0 ? throw Raise.ZeroDivision(left is double || right is double ? "float division by zero" : "division by zero") : a / b;
            case "//":
                return b == 0 ? throw Raise.ZeroDivision("float floor division by zero") : DivMod(a, b).Quotient;
            case "%":
                return b == 0 ? throw Raise.ZeroDivision("float modulo") : DivMod(a, b).Remainder;
            default:
                return Power(a, b);
        }
    }

    /// <summary>CPython's <c>float_divmod</c>.</summary>
    public static (double Quotient, double Remainder) DivMod(double a, double b)
    {
        var remainder = a % b;
        var quotient = (a - remainder) / b;
        if (remainder != 0)
        {
            if ((b < 0) != (remainder < 0))
            {
                remainder += b;
                quotient -= 1;
            }
        }
        else remainder = Math.CopySign(0, b);
        if (quotient == 0) return (Math.CopySign(0, a / b), remainder);
        var floor = Math.Floor(quotient);
        return (quotient - floor > 0.5 ? floor + 1 : floor, remainder);
    }

    private static object Power(double a, double b)
    {
        if (a == 0 && b < 0) throw Raise.ZeroDivision("0.0 cannot be raised to a negative power");
        if (a < 0 && !double.IsInfinity(a) && !double.IsInfinity(b) && Math.Floor(b) != b) throw Refuse.Here(Refusals.ComplexPower);
        var result = Math.Pow(a, b);
        if (double.IsInfinity(result) && !double.IsInfinity(a) && !double.IsInfinity(b)) throw Raise.Overflow("(34, 'Numerical result out of range')");
        return result;
    }

    private static double OfBig(BigInteger big)
    {
        var value = Ints.Rounded(BigInteger.Abs(big), false, 0);
        if (double.IsInfinity(value)) throw Raise.Overflow("int too large to convert to float");
        return big.Sign < 0 ? -value : value;
    }
}
