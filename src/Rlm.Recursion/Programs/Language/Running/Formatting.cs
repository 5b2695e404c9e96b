using System.Numerics;
using System.Text;
using Rlm.Recursion.Programs.Language.Builtins;
using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary><c>format(value, spec)</c>, after the format specification mini-language of the library reference.</summary>
internal static class Formatting
{
    public static string Format(Machine machine, object value, string spec)
    {
        if (spec.Length == 0) return Writing.Str(machine, value);
        switch (value)
        {
            case string text:
                return Text(machine, text, FormatSpec.Parse(spec, "str"));
            case bool when FormatSpec.Parse(spec, "bool") is { Type: '\0' } plain:
                return Whole(machine, value, plain);
            case long or BigInteger or bool:
                return Whole(machine, value, FormatSpec.Parse(spec, Types.NameOf(value)));
            case double number:
                return Float(machine, number, FormatSpec.Parse(spec, "float"));
            default:
                throw Raise.Type($"unsupported format string passed to {Types.NameOf(value)}.__format__");
        }
    }

    private static string Text(Machine machine, string text, FormatSpec spec)
    {
        if (spec.Type is not ('\0' or 's')) throw Raise.Value($"Unknown format code '{spec.Type}' for object of type 'str'");
        if (spec.Sign != '\0') throw Raise.Value(spec.Sign == ' ' ? "Space not allowed in string format specifier" : "Sign not allowed in string format specifier");
        if (spec.Alternate) throw Raise.Value("Alternate form (#) not allowed in string format specifier");
        if (spec.Grouping != '\0') throw Raise.Value($"Cannot specify '{spec.Grouping}' with 's'.");
        if (spec.Align == '=') throw Raise.Value("'=' alignment not allowed in string format specifier");
        if (spec.Precision >= 0 && spec.Precision < CodePoints.Count(text)) text = text[..CodePoints.ToUnits(text, spec.Precision)];
        return Pad(machine, text, spec with { Fill = spec.Zero && spec.Align == '\0' && spec.Fill == " " ? "0" : spec.Fill }, '<');
    }

    public static string Whole(Machine machine, object value, FormatSpec spec)
    {
        if (spec.Type is 'e' or 'E' or 'f' or 'F' or 'g' or 'G' or '%') return Float(machine, Floats.Of(value), spec);
        if (spec.Type == 'n') throw Refuse.Here(Refusals.FormatType, "n");
        if (spec.Precision >= 0) throw Raise.Value("Precision not allowed in integer format specifier");
        if (spec.Type is not ('\0' or 'd' or 'b' or 'o' or 'x' or 'X' or 'c')) throw Raise.Value($"Unknown format code '{spec.Type}' for object of type '{Types.NameOf(value)}'");
        var big = Indexes.Big(value);
        if (spec.Type == 'c') return Character(machine, big, spec);
        var digits = spec.Type switch
        {
            'b' => Numerals.Text(machine, big, 1),
            'o' => Numerals.Text(machine, big, 3),
            'x' => Numerals.Text(machine, big, 4),
            'X' => Numerals.Text(machine, big, 4).ToUpperInvariant(),
            _ => Numerals.Text(Box.Of(BigInteger.Abs(big))),
        };
        var mark = spec.Alternate && spec.Type is 'b' or 'o' or 'x' or 'X' ? (spec.Alternate ? "0" + spec.Type : "") : "";
        return Number(machine, big.Sign < 0, mark, digits, "", spec, spec.Type is '\0' or 'd' ? 3 : 4);
    }

    private static string Character(Machine machine, BigInteger code, FormatSpec spec)
    {
        if (spec.Sign != '\0') throw Raise.Value("Sign not allowed with integer format specifier 'c'");
        if (code < 0 || code > 0x10FFFF) throw Raise.Overflow("%c arg not in range(0x110000)");
        return Pad(machine, BasicFunctions.Character((long)code), spec, '<');
    }

    public static string Float(Machine machine, double number, FormatSpec spec)
    {
        if (spec.Type == 'n') throw Refuse.Here(Refusals.FormatType, "n");
        if (spec.Type is not ('\0' or 'e' or 'E' or 'f' or 'F' or 'g' or 'G' or '%')) throw Raise.Value($"Unknown format code '{spec.Type}' for object of type 'float'");
        machine.Tick(Math.Max(0, spec.Precision) / 4);
        var negative = double.IsNegative(number) && !double.IsNaN(number);
        var magnitude = Math.Abs(number);
        if (!double.IsFinite(number))
        {
            var word = double.IsNaN(number) ? "nan" : "inf";
            return Number(machine, negative, "", char.IsUpper(spec.Type) ? word.ToUpperInvariant() : word, spec.Type == '%' ? "%" : "", spec with { Grouping = '\0' }, 3);
        }
        var text = spec.Type == '\0' && spec.Precision < 0 ? Writing.Float(magnitude) : FloatText.Of(magnitude, spec.Type, spec.Precision, spec.Alternate);
        if (spec is { Type: '\0', Precision: < 0, Alternate: true } && !text.Contains('.', StringComparison.Ordinal)) text = text.Replace("e", ".e", StringComparison.Ordinal);
        var (whole, rest) = Cut(text);
        return Number(machine, negative, "", whole, rest, spec, 3);
    }

    private static (string Whole, string After) Cut(string text)
    {
        var at = text.AsSpan().IndexOfAny(".eE%");
        return at < 0 ? (text, "") : (text[..at], text[at..]);
    }

    // Sign, mark, digits in groups, and what follows them; a zero before the width fills between sign and digits.
    private static string Number(Machine machine, bool negative, string mark, string digits, string rest, FormatSpec spec, int group)
    {
        var sign = negative ? "-" : spec.Sign is '+' or ' ' ? spec.Sign.ToString() : "";
        var zeros = spec.Zero && spec.Align is '\0' || spec is { Align: '=', Fill: "0" };
        if (spec.Grouping != '\0')
        {
            if (zeros) digits = digits.PadLeft((int)Math.Min(int.MaxValue, Math.Max(digits.Length, Ungrouped(spec.Width - sign.Length - mark.Length - rest.Length, group))), '0');
            digits = Grouped(digits, spec.Grouping, group);
        }
        machine.ChargeText(Math.Max(spec.Width, 0));
        var body = digits + rest;
        if (zeros && spec.Align != '<')
        {
            var missing = spec.Width - sign.Length - mark.Length - body.Length;
            return missing > 0 ? sign + mark + new string('0', (int)missing) + body : sign + mark + body;
        }
        if (spec.Align == '=')
        {
            var missing = spec.Width - sign.Length - mark.Length - body.Length;
            return missing > 0 ? sign + mark + (string)Repeating.Times(machine, spec.Fill, Box.Of(missing)) + body : sign + mark + body;
        }
        return Pad(machine, sign + mark + body, spec.Zero && spec.Fill == " " && spec.Align != '\0' ? spec with { Fill = "0" } : spec, '>');
    }

    // How many digits fill a width when separators stand between groups.
    private static long Ungrouped(long width, int group)
    {
        if (width <= 0) return 0;
        var digits = width - width / (group + 1);
        // A separator never comes first: then one more digit does.
        return digits + (digits - 1) / group >= width ? digits : digits + 1;
    }

    private static string Grouped(string digits, char separator, int group)
    {
        var made = new StringBuilder();
        for (var index = 0; index < digits.Length; index++)
        {
            if (index > 0 && (digits.Length - index) % group == 0) made.Append(separator);
            made.Append(digits[index]);
        }
        return made.ToString();
    }

    private static string Pad(Machine machine, string text, FormatSpec spec, char usual)
    {
        var missing = spec.Width - CodePoints.Count(text);
        if (missing <= 0) return text;
        var left = (spec.Align == '\0' ? usual : spec.Align) switch { '<' => 0, '^' => missing / 2, _ => missing };
        return StrMethods.Padded(machine, text, spec.Fill, left, missing - left);
    }
}
