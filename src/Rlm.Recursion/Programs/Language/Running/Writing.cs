using System.Globalization;
using System.Numerics;
using System.Text;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary><c>repr</c> and <c>str</c>.</summary>
internal static class Writing
{
    public static string Repr(Machine machine, object value)
    {
        switch (value)
        {
            case string text:
                return Quoted(text);
            case long or BigInteger:
                return Numerals.Text(value);
        }
        var writer = new ReprWriter(machine);
        writer.Write(value);
        return writer.ToString();
    }

    public static string Str(Machine machine, object value) => value switch
    {
        string text => text,
        long or BigInteger => Numerals.Text(value),
        PyException exception => exception.Type.Find("__str__") is { } own ? Text(machine, exception, own) : Message(exception),
        PyInstance instance when instance.Type.Find("__str__") is { } own => Text(machine, instance, own),
        _ => Repr(machine, value),
    };

    public static string Ascii(Machine machine, object value)
    {
        var text = new StringBuilder();
        foreach (var rune in Repr(machine, value).EnumerateRunes())
            text.Append(rune.Value < 128 ? ((char)rune.Value).ToString() : rune.Value < 256 ? $"\\x{rune.Value:x2}" : rune.Value < 65536 ? $"\\u{rune.Value:x4}" : $"\\U{rune.Value:x8}");
        return text.ToString();
    }

    /// <summary>An exception's text.</summary>
    public static string Message(PyException exception)
    {
        var machine = Machine.Current!;
        return exception.Arguments.Items switch
        {
            [] => "",
            [var key] when exception.Type.Is(ExceptionTypes.KeyError) => Repr(machine, key),
            [var only] => Str(machine, only),
            _ => Repr(machine, exception.Arguments),
        };
    }

    /// <summary>CPython's shortest text that reads back as the same float.</summary>
    public static string Float(double number)
    {
        if (double.IsNaN(number)) return "nan";
        if (double.IsInfinity(number)) return number > 0 ? "inf" : "-inf";
        if (number == 0) return double.IsNegative(number) ? "-0.0" : "0.0";
        var text = number.ToString("E16", CultureInfo.InvariantCulture);
        text = number.ToString("R", CultureInfo.InvariantCulture);
        var (digits, exponent) = Decimal(text);
        var sign = number < 0 ? "-" : "";
        if (exponent is < -4 or >= 16) return $"{sign}{digits[..1]}{(digits.Length > 1 ? "." + digits[1..] : "")}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
        if (exponent < 0) return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        return digits.Length > exponent + 1 ? $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}" : $"{sign}{digits.PadRight(exponent + 1, '0')}.0";
    }

    public static string Quoted(string text)
    {
        var quote = text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        var made = new StringBuilder(text.Length + 2).Append(quote);
        foreach (var rune in text.EnumerateRunes()) Quote(made, rune, quote);
        return made.Append(quote).ToString();
    }

    public static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);

    private static void Quote(StringBuilder made, Rune rune, char quote)
    {
        if (rune.Value == quote || rune.Value == '\\') made.Append('\\').Append((char)rune.Value);
        else if (rune.Value == '\n') made.Append("\\n");
        else if (rune.Value == '\r') made.Append("\\r");
        else if (rune.Value == '\t') made.Append("\\t");
        else if (rune.Value is >= ' ' and < 127) made.Append((char)rune.Value);
        else if (IsPrintable(rune)) made.Append(rune);
        else made.Append(rune.Value < 256 ? $"\\x{rune.Value:x2}" : rune.Value < 65536 ? $"\\u{rune.Value:x4}" : $"\\U{rune.Value:x8}");
    }

    // The digits without sign, point and zeros at the ends, and the decimal exponent of the first.
    private static (string Digits, int Exponent) Decimal(string text)
    {
        var mark = text.IndexOf('E', StringComparison.Ordinal);
        var shift = mark < 0 ? 0 : int.Parse(text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = (mark < 0 ? text : text[..mark]).TrimStart('-');
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? mantissa : mantissa[..point];
        var all = whole + (point < 0 ? "" : mantissa[(point + 1)..]);
        var leading = all.Length - all.TrimStart('0').Length;
        return (all.Trim('0'), whole.Length - 1 - leading + shift);
    }

    private static string Text(Machine machine, PyInstance instance, object method) =>
        Calls.Call(machine, Attributes.Bound(machine, method, instance, instance.Type), Args.None) as string ?? throw Raise.Type("__str__ returned non-string");
}
