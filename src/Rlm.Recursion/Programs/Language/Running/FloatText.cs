using System.Numerics;
using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary>Floats with a given number of digits, rounded exactly and half to even, as CPython's <c>dtoa</c> does: the value is a whole number times a power of two.</summary>
internal static class FloatText
{
    /// <summary>A finite float that is not negative; type <c>e f g %</c>, or none, which is g with at least one digit after the point.</summary>
    public static string Of(double number, char type, int precision, bool alternate)
    {
        var lower = char.ToLowerInvariant(type);
        if (precision < 0) precision = 6;
        var text = lower switch
        {
            'f' => Fixed(number, precision, alternate),
            '%' => Fixed(number * 100, precision, alternate) + "%",
            'e' => Exponent(number, precision, alternate),
            _ => General(number, Math.Max(1, precision), alternate, type == '\0'),
        };
        return char.IsUpper(type) ? text.ToUpperInvariant() : text;
    }

    /// <summary>The float nearest to the value with so many decimal places: <c>round(x, places)</c>.</summary>
    public static double Round(double number, int places)
    {
        var text = places >= 0 ? Fixed(Math.Abs(number), places, false) : Scaled(Math.Abs(number), places).ToString(System.Globalization.CultureInfo.InvariantCulture) + new string('0', -places);
        var value = double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        return Math.CopySign(value, number);
    }

    public static string Fixed(double number, int precision, bool alternate)
    {
        var digits = Scaled(number, precision).ToString(System.Globalization.CultureInfo.InvariantCulture).PadLeft(precision + 1, '0');
        return precision == 0 ? digits + (alternate ? "." : "") : $"{digits[..^precision]}.{digits[^precision..]}";
    }

    private static string Exponent(double number, int precision, bool alternate)
    {
        var (digits, exponent) = Digits(number, precision + 1);
        return $"{digits[..1]}{(precision > 0 ? "." + digits[1..] : alternate ? "." : "")}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
    }

    private static string General(double number, int precision, bool alternate, bool isPlain)
    {
        var (digits, exponent) = Digits(number, precision);
        if (!alternate) digits = digits.TrimEnd('0').PadRight(1, '0');
        var useExponent = exponent < -4 || exponent >= (isPlain ? precision - 1 : precision);
        if (useExponent) return $"{digits[..1]}{(digits.Length > 1 ? "." + digits[1..] : alternate ? "." : "")}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
        if (exponent < 0) return $"0.{new string('0', -exponent - 1)}{digits}";
        var whole = digits.Length > exponent + 1 ? $"{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}" : digits.PadRight(exponent + 1, '0');
        return whole.Contains('.', StringComparison.Ordinal) ? whole : isPlain ? whole + ".0" : alternate ? whole + "." : whole;
    }

    // So many significant digits, and the decimal exponent of the first.
    private static (string Digits, int Exponent) Digits(double number, int count)
    {
        if (number == 0) return (new string('0', count), 0);
        var exponent = (int)Math.Floor(Math.Log10(number));
        while (true)
        {
            var text = Scaled(number, count - 1 - exponent).ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (text.Length == count) return (text, exponent);
            exponent += text.Length > count ? 1 : -1;
        }
    }

    // number × 10^places as a whole number, half to even.
    private static BigInteger Scaled(double number, int places)
    {
        var bits = BitConverter.DoubleToInt64Bits(number);
        var shift = (int)(bits >> 52 & 0x7FF);
        BigInteger mantissa = bits & 0xFFFFFFFFFFFFF;
        if (shift == 0) shift = 1;
        else mantissa |= 1L << 52;
        shift -= 1075;
        var up = mantissa * BigInteger.Pow(10, Math.Max(0, places)) << Math.Max(0, shift);
        var down = BigInteger.Pow(10, Math.Max(0, -places)) << Math.Max(0, -shift);
        var whole = BigInteger.DivRem(up, down, out var rest);
        var order = (rest * 2).CompareTo(down);
        return order > 0 || order == 0 && !whole.IsEven ? whole + 1 : whole;
    }
}
