using System.Numerics;
using System.Text;
using Rlm.Recursion.Programs.Language.Builtins;
using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary><c>format % values</c>.</summary>
internal static class PercentFormat
{
    public static object Format(Machine machine, string format, object values)
    {
        var made = new StringBuilder();
        var tuple = values as PyTuple;
        var dict = values as PyDict;
        var next = 0;
        var named = false;
        for (var at = 0; at < format.Length; at++)
        {
            if (format[at] != '%')
            {
                made.Append(format[at]);
                continue;
            }
            at++;
            if (at < format.Length && format[at] == '%')
            {
                made.Append('%');
                continue;
            }
            object? value = null;
            if (at < format.Length && format[at] == '(')
            {
                var end = format.IndexOf(')', at);
                if (end < 0) throw Raise.Value("incomplete format key");
                if (dict is null) throw Raise.Type("format requires a mapping");
                value = Subscripts.Get(machine, dict, format[(at + 1)..end]);
                named = true;
                at = end + 1;
            }
            var (flags, width, precision) = ("", -1L, -1L);
            while (at < format.Length && format[at] is '-' or '+' or ' ' or '#' or '0' && at < format.Length) flags += format[at++];
            width = Number(machine, format, ref at, Next);
            if (width < -1)
            {
                flags += '-';
                width = -width - 2;
            }
            if (at < format.Length && format[at] == '.')
            {
                at++;
                precision = Math.Max(0, Number(machine, format, ref at, Next));
            }
            while (at < format.Length && format[at] is 'l' or 'h' or 'L' && at < format.Length) at++;
            if (at >= format.Length) throw Raise.Value("incomplete format");
            value ??= Next();
            if (precision > FormatSpec.MaxPrecision) throw Refuse.Here(Refusals.PercentFormat, $"%.{precision}");
            made.Append(One(machine, value, format[at], flags, width, (int)precision, at));
        }
        if (!named && (tuple is not null ? next < tuple.Items.Length : next == 0 && dict is null && values is not (PyList or LazyList))) throw Raise.Type("not all arguments converted during string formatting");
        machine.ChargeText(made.Length);
        return made.ToString();

        object Next()
        {
            if (tuple is null) return next++ == 0 ? values : throw Raise.Type("not enough arguments for format string");
            return next < tuple.Items.Length ? tuple.Items[next++] : throw Raise.Type("not enough arguments for format string");
        }
    }

    // -1 when absent; a negative width given by * is -2 and below.
    private static long Number(Machine machine, string format, ref int at, Func<object> next)
    {
        _ = machine;
        if (at < format.Length && format[at] == '*')
        {
            at++;
            var given = next() is long number ? number : throw Raise.Type("* wants int");
            return given < 0 ? given - 2 + 0 : given;
        }
        var value = -1L;
        for (; at < format.Length && char.IsAsciiDigit(format[at]); at++)
        {
            value = Math.Max(0, value) * 10 + format[at] - '0';
            if (value > int.MaxValue) throw Raise.Value("width too big");
        }
        return value;
    }

    private static string One(Machine machine, object value, char type, string flags, long width, int precision, int at)
    {
        var left = flags.Contains('-', StringComparison.Ordinal);
        var zero = flags.Contains('0', StringComparison.Ordinal) && !left;
        var sign = flags.Contains('+', StringComparison.Ordinal) ? '+' : flags.Contains(' ', StringComparison.Ordinal) ? ' ' : '\0';
        var alternate = flags.Contains('#', StringComparison.Ordinal);
        var spec = new FormatSpec(" ", left ? '<' : zero ? '\0' : '>', sign, alternate, zero, width, '\0', -1, '\0');
        switch (type)
        {
            case 's' or 'r' or 'a':
                var text = type switch { 's' => Writing.Str(machine, value), 'r' => Writing.Repr(machine, value), _ => Writing.Ascii(machine, value) };
                if (precision >= 0 && precision < CodePoints.Count(text)) text = text[..CodePoints.ToUnits(text, precision)];
                return Formatting.Format(machine, text, (left ? "<" : ">") + (width >= 0 ? width.ToString(System.Globalization.CultureInfo.InvariantCulture) : ""));
            case 'c':
                var character = value is string one ? (CodePoints.Count(one) == 1 ? one : throw Raise.Type("%c requires int or char")) : Indexes.IsInt(value) ? BasicFunctions.Character(value is long and >= 0 and <= 0x10FFFF or bool ? Indexes.Of(value) : throw Raise.Overflow("%c arg not in range(0x110000)")) : throw Raise.Type("%c requires int or char");
                return Formatting.Format(machine, character, (left ? "<" : ">") + (width >= 0 ? width.ToString(System.Globalization.CultureInfo.InvariantCulture) : ""));
            case 'd' or 'i' or 'u':
                if (value is double number) value = double.IsFinite(number) ? Box.Of(new BigInteger(number)) : throw (double.IsNaN(number) ? Raise.Value("cannot convert float NaN to integer") : Raise.Overflow("cannot convert float infinity to integer"));
                if (!Indexes.IsInt(value)) throw Raise.Type($"%{type} format: a real number is required, not {Types.NameOf(value)}");
                if (precision >= 0) throw Refuse.Here(Refusals.PercentFormat, $"%.{precision}{type}");
                return Whole(machine, value, spec with { Type = 'd', Alternate = false });
            case 'x' or 'X' or 'o':
                if (!Indexes.IsInt(value)) throw Raise.Type($"%{type} format: an integer is required, not {Types.NameOf(value)}");
                if (precision >= 0) throw Refuse.Here(Refusals.PercentFormat, $"%.{precision}{type}");
                return Whole(machine, value, spec with { Type = type });
            case 'e' or 'E' or 'f' or 'F' or 'g' or 'G':
                if (!Comparing.IsNumber(value)) throw Raise.Type($"must be real number, not {Types.NameOf(value)}");
                return Formatting.Float(machine, Floats.Of(value), spec with { Type = type, Precision = precision });
            default:
                throw Raise.Value($"unsupported format character '{type}' (0x{(int)type:x}) at index {at}");
        }
    }

    private static string Whole(Machine machine, object value, FormatSpec spec) => Formatting.Whole(machine, value is bool truth ? Box.Of(truth ? 1L : 0L) : value, spec);
}
