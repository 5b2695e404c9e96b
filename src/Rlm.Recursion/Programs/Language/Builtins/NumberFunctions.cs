using System.Numerics;
using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Builtins;

/// <summary>Built-in functions about numbers.</summary>
internal static class NumberFunctions
{
    public static readonly Dictionary<string, Native> All = new()
    {
        ["abs"] = (machine, args) => Abs(machine, args.One("abs")),
        ["round"] = Round,
        ["divmod"] = DivMod,
        ["pow"] = Pow,
        ["bin"] = (machine, args) => Mark(machine, args.One("bin"), "0b", 1),
        ["oct"] = (machine, args) => Mark(machine, args.One("oct"), "0o", 3),
        ["hex"] = (machine, args) => Mark(machine, args.One("hex"), "0x", 4),
    };

    private static object Abs(Machine machine, object value) => value switch
    {
        long number => number >= 0 ? value : number == long.MinValue ? BigInteger.Abs(number) : Box.Of(-number),
        double number => Math.Abs(number),
        bool truth => Box.Of(truth ? 1L : 0L),
        BigInteger big => Box.Of(BigInteger.Abs(big)),
        _ => Instances.Try(machine, value, "__abs__") ?? throw Raise.Type($"bad operand type for abs(): '{Types.NameOf(value)}'"),
    };

    private static object Round(Machine machine, Args args)
    {
        var given = args.Bind("round", 1, "number", "ndigits");
        if (given[0] is double number)
        {
            if (given[1] is null or PyNone)
            {
                if (!double.IsFinite(number)) throw double.IsNaN(number) ? Raise.Value("cannot convert float NaN to integer") : Raise.Overflow("cannot convert float infinity to integer");
                return Conversions.OfFloat(Math.Round(number, MidpointRounding.ToEven));
            }
            var places = Indexes.Of(given[1]!);
            if (!double.IsFinite(number) || places > 323) return number;
            if (places < -308) return Math.CopySign(0.0, number);
            var rounded = FloatText.Round(number, (int)places);
            return double.IsInfinity(rounded) ? throw Raise.Overflow("rounded value too large to represent") : rounded;
        }
        if (!Indexes.IsInt(given[0]!)) throw Raise.Type($"type {Types.NameOf(given[0]!)} doesn't define __round__ method");
        var whole = Arith.Positive(machine, given[0]!);
        if (given[1] is null or PyNone || Indexes.Of(given[1]!) >= 0) return whole;
        var digits = -Indexes.Of(given[1]!);
        if (digits > 5000) return Box.Of(0);
        var unit = BigInteger.Pow(10, (int)digits);
        var (quotient, rest) = Ints.DivMod(machine, Indexes.Big(whole), unit, "");
        var order = (rest * 2).CompareTo(unit);
        return Box.Of((order > 0 || order == 0 && !quotient.IsEven ? quotient + 1 : quotient) * unit);
    }

    private static object DivMod(Machine machine, Args args)
    {
        var given = args.Between("divmod", 2, 2);
        if (!Comparing.IsNumber(given[0]!) || !Comparing.IsNumber(given[1]!)) throw Raise.NotSupported("divmod()", given[0]!, given[1]!);
        if (given[0] is double || given[1] is double)
        {
            var (a, b) = (Floats.Of(given[0]!), Floats.Of(given[1]!));
            if (b == 0) throw Raise.ZeroDivision("float divmod()");
            var (quotient, rest) = Floats.DivMod(a, b);
            return PyTuple.Of(quotient, rest);
        }
        var whole = Ints.DivMod(machine, Indexes.Big(given[0]!), Indexes.Big(given[1]!), "integer division or modulo by zero");
        return PyTuple.Of(Box.Of(whole.Quotient), Box.Of(whole.Remainder));
    }

    private static object Pow(Machine machine, Args args)
    {
        var given = args.Bind("pow", 2, "base", "exp", "mod");
        if (given[2] is null or PyNone) return Arith.Binary(machine, "**", given[0]!, given[1]!);
        if (!Indexes.IsInt(given[0]!) || !Indexes.IsInt(given[1]!) || !Indexes.IsInt(given[2]!)) throw Raise.Type("pow() 3rd argument not allowed unless all arguments are integers");
        return Ints.ModPow(machine, Indexes.Big(given[0]!), Indexes.Big(given[1]!), Indexes.Big(given[2]!));
    }

    private static string Mark(Machine machine, object value, string mark, int bits)
    {
        var big = Indexes.Big(value);
        return (big.Sign < 0 ? "-" : "") + mark + Numerals.Text(machine, big, bits);
    }
}
