using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary>A format specification: <c>[[fill]align][sign][z][#][0][width][grouping][.precision][type]</c>.</summary>
internal sealed record FormatSpec(string Fill, char Align, char Sign, bool Alternate, bool Zero, long Width, char Grouping, int Precision, char Type)
{
    /// <summary>More digits than this are refused: a float has no more than 1,100.</summary>
    public const int MaxPrecision = 100_000;

    public static FormatSpec Parse(string text, string typeName)
    {
        var at = 0;
        var (fill, align) = (" ", '\0');
        var width1 = text.Length > 0 && char.IsHighSurrogate(text[0]) ? 2 : 1;
        if (text.Length > width1 && text[width1] is '<' or '>' or '=' or '^')
        {
            (fill, align) = (text[..width1], text[width1]);
            at = width1 + 1;
        }
        else if (text.Length > 0 && text[0] is '<' or '>' or '=' or '^') align = text[at++];
        var sign = at < text.Length && text[at] is '+' or '-' or ' ' ? text[at++] : '\0';
        if (at < text.Length && text[at] == 'z') throw Refuse.Here(Refusals.FormatType, "z");
        var alternate = at < text.Length && text[at] == '#' && at++ >= 0;
        var zero = at < text.Length && text[at] == '0' && at++ >= 0;
        var width = Number(text, ref at, "Too many decimal digits in format string");
        var grouping = at < text.Length && text[at] is ',' or '_' ? text[at++] : '\0';
        if (grouping != '\0' && at < text.Length && text[at] is ',' or '_' && grouping != '\0') throw Raise.Value(text[at] == grouping ? $"Cannot specify '{grouping}' with '{grouping}'." : "Cannot specify both ',' and '_'.");
        var precision = -1L;
        if (at < text.Length && text[at] == '.')
        {
            at++;
            if (at >= text.Length || !char.IsAsciiDigit(text[at])) throw Raise.Value("Format specifier missing precision");
            precision = Number(text, ref at, "Too many decimal digits in format string");
            if (precision > MaxPrecision) throw Refuse.Here(Refusals.FormatType, $".{precision}");
        }
        if (text.Length - at > 1) throw Raise.Value($"Invalid format specifier '{text}' for object of type '{typeName}'");
        var type = at < text.Length ? text[at] : '\0';
        if (grouping != '\0' && type is not ('\0' or 'd' or 'e' or 'f' or 'g' or 'E' or 'G' or '%' or 'F') && !(grouping == '_' && type is 'b' or 'o' or 'x' or 'X' && grouping == '_')) throw Raise.Value($"Cannot specify '{grouping}' with '{type}'.");
        return new(fill, align, sign, alternate, zero, width, grouping, (int)precision, type);
    }

    private static long Number(string text, ref int at, string error)
    {
        var value = -1L;
        for (; at < text.Length && char.IsAsciiDigit(text[at]); at++)
        {
            value = Math.Max(0, value) * 10 + text[at] - '0';
            if (value > int.MaxValue) throw Raise.Value(error);
        }
        return value;
    }
}
