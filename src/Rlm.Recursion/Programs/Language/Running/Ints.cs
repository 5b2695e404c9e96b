using System.Numerics;
using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary>Operators on ints of any size; results stay under <see cref="MaxBits"/>.</summary>
internal static class Ints
{
    /// <summary>Larger results are refused, so that one multiplication stays short.</summary>
    public const int MaxBits = 4_000_000;

    public static object Binary(Machine machine, string sign, object left, object right)
    {
        if (left is BigInteger || right is BigInteger) return Large(machine, sign, Indexes.Big(left), Indexes.Big(right));
        var a = Indexes.Of(left);
        var b = Indexes.Of(right);
        switch (sign)
        {
            case "+":
                var sum = unchecked(a + b);
                return ((a ^ sum) & (b ^ sum)) < 0 ? (BigInteger)a + b : Box.Of(sum);
            case "-":
                var difference = unchecked(a - b);
                return ((a ^ b) & (a ^ difference)) < 0 ? (BigInteger)a - b : Box.Of(difference);
            case "*":
                var high = Math.BigMul(a, b, out var low);
                return high == low >> 63 ? Box.Of(low) : (BigInteger)a * b;
            case "&":
                return Box.Of(a & b);
            case "|":
                return Box.Of(a | b);
            case "^":
                return Box.Of(a ^ b);
            case "//" when b != 0 && b != -1:
                return Box.Of(FloorDivide(a, b));
            case "%" when b != 0 && b != -1:
                return Box.Of(Modulo(a, b));
            case "/" when b != 0 && Math.Abs((double)a) < 9e15 && Math.Abs((double)b) < 9e15:
                return (double)a / b;
            case "<<" when b >= 0 && b < 62 && Int128.Abs(a) < (Int128)1 << (62 - (int)b):
                return Box.Of(a << (int)b);
            case ">>" when b >= 0:
                return Box.Of(b > 63 ? (a < 0 ? -1 : 0) : a >> (int)b);
            default:
                return Large(machine, sign, a, b);
        }
    }

    /// <summary><c>base ** exponent % modulus</c>.</summary>
    public static object ModPow(Machine machine, BigInteger number, BigInteger exponent, BigInteger modulus)
    {
        if (modulus.IsZero) throw Raise.Value("pow() 3rd argument cannot be 0");
        machine.Tick((long)Math.Min(long.MaxValue / 4, exponent.GetBitLength() * Math.Pow(modulus.GetBitLength() / 64.0 + 1, 1.6)));
        if (exponent.Sign < 0)
        {
            number = Inverse(number, modulus);
            exponent = -exponent;
        }
        var result = BigInteger.ModPow(number, exponent, modulus);
        return Box.Of(result.Sign != 0 && result.Sign != modulus.Sign ? result + modulus : result);
    }

    /// <summary>Charges a result of so many bits, or refuses it.</summary>
    public static void Room(Machine machine, double bits)
    {
        if (bits > MaxBits) throw Refuse.Here(Refusals.LargeInt);
        machine.Charge((long)bits / 8 + 32);
    }

    private static object Large(Machine machine, string sign, BigInteger a, BigInteger b)
    {
        switch (sign)
        {
            case "+" or "-" or "&" or "|" or "^":
                Room(machine, Math.Max(a.GetBitLength(), b.GetBitLength()));
                return Box.Of(sign switch { "+" => a + b, "-" => a - b, "&" => a & b, "|" => a | b, _ => a ^ b });
            case "*":
                Room(machine, a.GetBitLength() + b.GetBitLength());
                Work(machine, a, b);
                return Box.Of(a * b);
            case "//":
                return Box.Of(DivMod(machine, a, b, "integer division or modulo by zero").Quotient);
            case "%":
                return Box.Of(DivMod(machine, a, b, "integer modulo by zero").Remainder);
            case "/":
                return TrueDivide(machine, a, b);
            case "**":
                return Power(machine, a, b);
            case "<<":
                return ShiftLeft(machine, a, b);
            default:
                if (b.Sign < 0) throw Raise.Value("negative shift count");
                return Box.Of(b > int.MaxValue ? (a.Sign < 0 ? -1 : 0) : a >> (int)b);
        }
    }

    public static (BigInteger Quotient, BigInteger Remainder) DivMod(Machine machine, BigInteger a, BigInteger b, string zero)
    {
        if (b.IsZero) throw Raise.ZeroDivision(zero);
        Work(machine, a, b);
        var quotient = BigInteger.DivRem(a, b, out var remainder);
        return remainder.Sign != 0 && remainder.Sign != b.Sign ? (quotient - 1, remainder + b) : (quotient, remainder);
    }

    private static void Work(Machine machine, BigInteger a, BigInteger b) => machine.Tick((long)(a.GetBitLength() / 64 * Math.Sqrt(b.GetBitLength() / 64.0)) / 8);

    private static object ShiftLeft(Machine machine, BigInteger a, BigInteger b)
    {
        if (b.Sign < 0) throw Raise.Value("negative shift count");
        if (a.IsZero) return Box.Of(0);
        Room(machine, a.GetBitLength() + (double)b);
        return Box.Of(a << (int)b);
    }

    private static object Power(Machine machine, BigInteger a, BigInteger b)
    {
        if (b.Sign < 0)
        {
            if (a.IsZero) throw Raise.ZeroDivision("0.0 cannot be raised to a negative power");
            return Floats.Binary("**", Floats.Of(Box.Of(a)), Floats.Of(Box.Of(b)), a, b);
        }
        if (a.IsOne || a.IsZero || a == -1) return Box.Of(b.IsZero ? 1 : a == -1 && b.IsEven ? 1 : a);
        Room(machine, BigInteger.Log(BigInteger.Abs(a), 2) * (double)b);
        machine.Tick((long)Math.Pow((double)(a.GetBitLength() * b) / 64 + 1, 1.5) / 8);
        return Box.Of(BigInteger.Pow(a, (int)b));
    }

    // Correctly rounded, as CPython's long_true_divide: the quotient with 55 and more bits, whose last one gathers what is left.
    private static object TrueDivide(Machine machine, BigInteger a, BigInteger b)
    {
        if (b.IsZero) throw Raise.ZeroDivision("division by zero");
        if (a.IsZero) return b.Sign < 0 ? -0.0 : 0.0;
        Work(machine, a, b);
        var negative = a.Sign != b.Sign;
        a = BigInteger.Abs(a);
        b = BigInteger.Abs(b);
        var shift = (int)(a.GetBitLength() - b.GetBitLength()) - 66;
        var quotient = shift <= 0 ? BigInteger.DivRem(a << -shift, b, out var rest) : BigInteger.DivRem(a, b << shift, out rest);
        var value = Rounded(quotient, !rest.IsZero, shift);
        if (double.IsInfinity(value)) throw Raise.Overflow("integer division result too large for a float");
        return negative ? -value : value;
    }

    /// <summary><c>value × 2^exponent</c> as the nearest double, half to even; <paramref name="sticky"/> says that a little more was cut off.</summary>
    public static double Rounded(BigInteger value, bool sticky, int exponent)
    {
        var bits = (int)value.GetBitLength();
        var lowest = Math.Max(exponent + bits - 53, -1074);
        var drop = lowest - exponent;
        if (drop <= 0) return Math.ScaleB((double)value, exponent);
        var kept = value >> drop;
        var rest = value - (kept << drop);
        var half = BigInteger.One << (drop - 1);
        var order = rest.CompareTo(half);
        if (order > 0 || order == 0 && (sticky || !kept.IsEven)) kept += 1;
        return Math.ScaleB((double)kept, lowest);
    }

    private static long FloorDivide(long a, long b)
    {
        var quotient = a / b;
        return (a % b != 0) && ((a < 0) != (b < 0)) ? quotient - 1 : quotient;
    }

    private static long Modulo(long a, long b)
    {
        var remainder = a % b;
        return remainder != 0 && ((remainder < 0) != (b < 0)) ? remainder + b : remainder;
    }

    private static BigInteger Inverse(BigInteger number, BigInteger modulus)
    {
        var size = BigInteger.Abs(modulus);
        BigInteger a = ((number % size) + size) % size, b = size, x = 1, y = 0;
        while (!b.IsZero)
        {
            var quotient = BigInteger.DivRem(a, b, out var rest);
            (a, b, x, y) = (b, rest, y, x - quotient * y);
        }
        if (!a.IsOne) throw Raise.Value("base is not invertible for the given modulus");
        return ((x % size) + size) % size;
    }
}
