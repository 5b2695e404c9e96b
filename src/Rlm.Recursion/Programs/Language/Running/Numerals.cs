using System.Globalization;
using System.Numerics;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary>Ints from and to digits.</summary>
internal static class Numerals
{
    /// <summary>CPython's limit on decimal digits, which keeps conversions short.</summary>
    public const int MaxDigits = 4300;

    private static readonly BigInteger LongestPrinted = BigInteger.Pow(10, MaxDigits);

    /// <summary>The value of digits that are known to be good.</summary>
    public static object Parse(string digits, int radix)
    {
        if (radix == 10) return digits.Length < 19 ? Box.Of(long.Parse(digits, CultureInfo.InvariantCulture)) : Box.Of(BigInteger.Parse(digits, CultureInfo.InvariantCulture));
        if (radix == 16) return digits.Length < 16 ? Box.Of(long.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)) : Box.Of(BigInteger.Parse("0" + digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
        if (radix is 2 or 8) return Parse(Hex(radix == 8 ? string.Concat(digits.Select(digit => Convert.ToString(Digit(digit), 2).PadLeft(3, '0'))) : digits), 16);
        var value = BigInteger.Zero;
        foreach (var digit in digits) value = value * radix + Digit(digit);
        return Box.Of(value);
    }

    /// <summary>Decimal digits; more than CPython prints are its ValueError.</summary>
    public static string Text(object value)
    {
        if (value is long number) return number.ToString(CultureInfo.InvariantCulture);
        if (value is bool truth) return truth ? "1" : "0";
        var big = (BigInteger)value;
        if (BigInteger.Abs(big) >= LongestPrinted) throw Raise.Value($"Exceeds the limit ({MaxDigits} digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit");
        return big.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Digits in a base that is a power of two, without sign and mark.</summary>
    public static string Text(Machine machine, BigInteger value, int bits)
    {
        value = BigInteger.Abs(value);
        if (value.IsZero) return "0";
        machine.ChargeText(value.GetBitLength() / bits);
        machine.Tick(value.GetBitLength() / 8);
        var hex = value.ToString("x", CultureInfo.InvariantCulture).TrimStart('0');
        if (bits == 4) return hex;
        var binary = string.Concat(hex.Select(digit => Convert.ToString(Digit(digit), 2).PadLeft(4, '0'))).TrimStart('0');
        if (bits == 1) return binary;
        binary = binary.PadLeft((binary.Length + 2) / 3 * 3, '0');
        return string.Concat(Enumerable.Range(0, binary.Length / 3).Select(place => (char)('0' + Convert.ToInt32(binary.Substring(place * 3, 3), 2))));
    }

    // Four binary digits at a time, so that long numerals take no longer than hexadecimal ones.
    private static string Hex(string binary)
    {
        binary = binary.PadLeft((binary.Length + 3) / 4 * 4, '0');
        return string.Create(binary.Length / 4, binary, (hex, source) =>
        {
            for (var place = 0; place < hex.Length; place++) hex[place] = "0123456789abcdef"[Convert.ToInt32(source.Substring(place * 4, 4), 2)];
        });
    }

    public static int Digit(char digit) => digit switch { >= '0' and <= '9' => digit - '0', >= 'a' and <= 'z' => digit - 'a' + 10, >= 'A' and <= 'Z' => digit - 'A' + 10, _ => 99 };
}
