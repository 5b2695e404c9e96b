namespace Rlm.Context.Outlines.PlainText;

/// <summary>A time at the start of a log line.</summary>
/// <param name="Time">As far as written: syslog has no year (2000 stands for it), a bare clock time no date.</param>
/// <param name="Start">Offset of its first character in the line.</param>
/// <param name="Length">Characters as written.</param>
internal readonly record struct Timestamp(DateTime Time, int Start, int Length)
{
    private const int MaxStart = 40;
    private const string Months = "JanFebMarAprMayJunJulAugSepOctNovDec";

    /// <summary>
    /// Finds ISO 8601 (<c>2026-11-21T07:40:21Z</c>, also with a blank or slashes), web server (<c>21/Nov/2026:07:40:21</c>), syslog
    /// (<c>Nov 21 07:40:21</c>) and bare clock (<c>07:40:21</c> as first thing) forms among the first 40 characters.
    /// </summary>
    public static Timestamp? Find(ReadOnlySpan<char> line)
    {
        var last = Math.Min(line.Length - 8, MaxStart);
        for (var at = 0; at <= last; at++)
        {
            if (at > 0 && char.IsAsciiLetterOrDigit(line[at - 1])) continue;
            var rest = line[at..];
            var found = char.IsAsciiDigit(rest[0]) ? Iso(rest) ?? Web(rest) ?? (at <= 1 ? Clock(rest) : null) : char.IsAsciiLetterUpper(rest[0]) ? Syslog(rest) : null;
            if (found is { } stamp) return stamp with { Start = at };
        }
        return null;
    }

    private static Timestamp? Iso(ReadOnlySpan<char> text)
    {
        if (text.Length < 16 || text[4] is not ('-' or '/') || text[7] != text[4] || text[10] is not ('T' or ' ' or '_')) return null;
        return Number(text, 0, 4) is { } year && Number(text, 5, 2) is { } month && Number(text, 8, 2) is { } day
            ? At(text, 11, year, month, day) : null;
    }

    private static Timestamp? Web(ReadOnlySpan<char> text)
    {
        if (text.Length < 20 || text[2] != '/' || text[6] != '/' || text[11] != ':') return null;
        return Number(text, 0, 2) is { } day && Month(text[3..6]) is { } month && Number(text, 7, 4) is { } year ? At(text, 12, year, month, day) : null;
    }

    private static Timestamp? Syslog(ReadOnlySpan<char> text)
    {
        if (text.Length < 15 || text[3] != ' ' || text[6] != ' ' || Month(text[..3]) is not { } month) return null;
        return (text[4] == ' ' ? Number(text, 5, 1) : Number(text, 4, 2)) is { } day ? At(text, 7, 2000, month, day) : null;
    }

    private static Timestamp? Clock(ReadOnlySpan<char> text) => At(text, 0, 1, 1, 1);

    private static Timestamp? At(ReadOnlySpan<char> text, int clock, int year, int month, int day)
    {
        if (text.Length < clock + 5 || text[clock + 2] != ':' || Number(text, clock, 2) is not { } hour || Number(text, clock + 3, 2) is not { } minute) return null;
        var hasSeconds = text.Length >= clock + 8 && text[clock + 5] == ':' && Number(text, clock + 6, 2) is not null;
        if (!hasSeconds && clock == 0) return null;
        var second = hasSeconds ? Number(text, clock + 6, 2)!.Value : 0;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59) return null;
        var length = clock + (hasSeconds ? 8 : 5);
        if (length + 1 < text.Length && text[length] is '.' or ',' && char.IsAsciiDigit(text[length + 1]))
            for (length++; length < text.Length && char.IsAsciiDigit(text[length]);) length++;
        if (length < text.Length && text[length] == 'Z') length++;
        return new Timestamp(new DateTime(year, month, day, hour, minute, Math.Min(second, 59)), 0, length);
    }

    private static int? Month(ReadOnlySpan<char> name) => Months.AsSpan().IndexOf(name) is var at and >= 0 && at % 3 == 0 ? at / 3 + 1 : null;

    private static int? Number(ReadOnlySpan<char> text, int at, int length)
    {
        var value = 0;
        foreach (var digit in text.Slice(at, length))
        {
            if (!char.IsAsciiDigit(digit)) return null;
            value = value * 10 + (digit - '0');
        }
        return value;
    }
}
