using Rlm.Context.Files;

namespace Rlm.Context.Outlines.PlainText;

/// <summary>
/// Cuts a log into time ranges: minutes, or the smallest of 10 minutes, hours, quarters of a day, days, months and years that gives at most 200 units.
/// Lines without a time belong to the line before them.
/// </summary>
internal static class LogUnits
{
    private const int MaxUnits = 200;
    private const int SampleLines = 200;

    private static readonly Func<DateTime, long>[] Grains =
    [
        time => time.Ticks / TimeSpan.TicksPerMinute,
        time => time.Ticks / (TimeSpan.TicksPerMinute * 10),
        time => time.Ticks / TimeSpan.TicksPerHour,
        time => time.Ticks / (TimeSpan.TicksPerHour * 6),
        time => time.Ticks / TimeSpan.TicksPerDay,
        time => (time.Year * 12) + time.Month,
        time => time.Year,
    ];

    /// <summary>The units in file order, or null when the text is no log: fewer than 5 lines with a time, or fewer than half (a fifth for a file named so).</summary>
    public static List<Draft>? TryRead(FileText text, bool isNamedLog, CancellationToken cancellationToken)
    {
        if (!LooksLikeLog(text.Lines, isNamedLog)) return null;
        var stamps = Stamps(text.Lines, cancellationToken);
        foreach (var grain in Grains)
            if (Cut(stamps, grain) is { } starts) return Units(stamps, starts, text.Lines);
        return Units(stamps, [.. Enumerable.Range(0, MaxUnits).Select(unit => (int)((long)unit * stamps.Count / MaxUnits))], text.Lines);
    }

    private static bool LooksLikeLog(LineMap lines, bool isNamedLog)
    {
        int seen = 0, stamped = 0;
        for (var line = 1; line <= lines.Count && seen < SampleLines; line++)
        {
            var content = lines.Line(line);
            if (content.IsWhiteSpace()) continue;
            seen++;
            if (Timestamp.Find(content) is not null) stamped++;
        }
        return stamped >= 5 && stamped * (isNamedLog ? 5 : 2) >= seen;
    }

    private static List<(int Line, Timestamp Stamp)> Stamps(LineMap lines, CancellationToken cancellationToken)
    {
        var stamps = new List<(int, Timestamp)>();
        for (var line = 1; line <= lines.Count; line++)
        {
            if (line % 4096 == 0) cancellationToken.ThrowIfCancellationRequested();
            if (Timestamp.Find(lines.Line(line)) is { } stamp) stamps.Add((line, stamp));
        }
        return stamps;
    }

    // Indexes of the stamps that begin a unit, or null when there are too many. Times that run backwards begin a unit too.
    private static List<int>? Cut(List<(int Line, Timestamp Stamp)> stamps, Func<DateTime, long> grain)
    {
        var starts = new List<int>();
        for (var at = 0; at < stamps.Count; at++)
        {
            if (at > 0 && grain(stamps[at].Stamp.Time) == grain(stamps[at - 1].Stamp.Time)) continue;
            if (starts.Count == MaxUnits) return null;
            starts.Add(at);
        }
        return starts;
    }

    private static List<Draft> Units(List<(int Line, Timestamp Stamp)> stamps, List<int> starts, LineMap lines)
    {
        var units = new List<Draft>(starts.Count);
        for (var unit = 0; unit < starts.Count; unit++)
        {
            var first = stamps[starts[unit]];
            var last = stamps[(unit + 1 < starts.Count ? starts[unit + 1] : stamps.Count) - 1];
            var start = unit == 0 ? 1 : first.Line;
            var name = Written(first, lines) + "–" + Written(last, lines);
            units.Add(new Draft(SymbolKinds.TimeRange, name)
            {
                Start = start, End = unit + 1 < starts.Count ? stamps[starts[unit + 1]].Line - 1 : lines.Count,
                NameLine = first.Line, DocStart = start, Signature = name,
            });
        }
        return units;
    }

    private static string Written((int Line, Timestamp Stamp) stamp, LineMap lines) => lines.Line(stamp.Line).Slice(stamp.Stamp.Start, stamp.Stamp.Length).ToString();
}
