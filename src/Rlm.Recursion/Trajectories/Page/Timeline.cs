namespace Rlm.Recursion.Trajectories.Page;

/// <summary>What happened when, in equal parts of the time from the first to the last thing that is known.</summary>
internal sealed class Timeline
{
    /// <summary>Parts.</summary>
    public const int Parts = 240;

    private readonly DateTimeOffset _begin;
    private readonly long _ticks;

    private Timeline(DateTimeOffset begin, TimeSpan length) => (_begin, _ticks) = (begin, Math.Max(TimeSpan.TicksPerMillisecond, length.Ticks));

    /// <summary>All of it.</summary>
    public double Seconds => _ticks / (double)TimeSpan.TicksPerSecond;

    /// <summary>Requests to models under way at once: the most in each part.</summary>
    public int[] Calls { get; } = new int[Parts];

    /// <summary>Sessions at work at once: the most in each part.</summary>
    public int[] Sessions { get; } = new int[Parts];

    /// <summary>Requests answered, tokens and money by the end of each part.</summary>
    public (long Calls, long Tokens, decimal Usd)[] Spent { get; } = new (long, long, decimal)[Parts];

    /// <summary>Of a tree.</summary>
    /// <param name="root">The tree.</param>
    /// <param name="now">What still runs, runs until now; null for until the last thing that is known.</param>
    public static Timeline Of(PageSession root, DateTimeOffset? now)
    {
        var sessions = root.All.ToArray();
        var entries = sessions.SelectMany(session => session.Entries).Where(entry => entry.At != default).ToArray();
        var begin = entries.Select(Begin).Concat(sessions.Select(session => session.State.Started)).Where(time => time != default).DefaultIfEmpty(now ?? default).Min();
        var known = entries.Select(entry => entry.At).Concat(sessions.Select(Known)).DefaultIfEmpty(begin).Max();
        var end = sessions.All(session => session.State.IsEnded) || now is null || now < known ? known : now.Value;
        var line = new Timeline(begin, end - begin);
        line.Count(line.Calls, entries.Where(entry => entry.Kind == "model").Select(entry => (Begin(entry), entry.At)));
        line.Count(line.Sessions, sessions.Select(session => (session.State.Started, session.State.IsEnded ? Known(session) : end)));
        line.Add(entries);
        return line;
    }

    /// <summary>Where a session lies: its begin and length as shares of the whole.</summary>
    public (double Start, double Length) Of(PageSession session)
    {
        var start = Share(session.State.Started);
        return (start, Math.Max(0.004, Share(session.State.Started.AddSeconds(session.State.Seconds)) - start));
    }

    /// <summary>Seconds from the beginning to the end of a part.</summary>
    public double At(int part) => Seconds * (part + 1) / Parts;

    private static DateTimeOffset Begin(TrajectoryEntry entry) => entry.Seconds is > 0 and < 1e8 ? entry.At.AddSeconds(-entry.Seconds) : entry.At;

    private static DateTimeOffset Known(PageSession session) => session.State.Started.AddSeconds(Math.Clamp(session.State.Seconds, 0, 1e8));

    private double Share(DateTimeOffset time) => Math.Clamp((time - _begin).TotalSeconds / Seconds, 0, 1);

    private int Part(DateTimeOffset time) => (int)Math.Clamp((long)((Int128)(time - _begin).Ticks * Parts / _ticks), 0, Parts - 1);

    // Where one ends as another begins, they were not there at once.
    private void Count(int[] most, IEnumerable<(DateTimeOffset From, DateTimeOffset To)> spans)
    {
        var changes = spans.Where(span => span.To > span.From).SelectMany(span => ((DateTimeOffset At, int By)[])[(span.From, 1), (span.To, -1)]).OrderBy(change => change.At).ThenBy(change => change.By).ToArray();
        var (now, next) = (0, 0);
        for (var part = 0; part < Parts; part++)
        {
            most[part] = now;
            for (; next < changes.Length && Part(changes[next].At) <= part; next++) most[part] = Math.Max(most[part], now += changes[next].By);
        }
    }

    private void Add(TrajectoryEntry[] entries)
    {
        foreach (var entry in entries)
        {
            ref var part = ref Spent[Part(entry.At)];
            part = (part.Calls + (entry.Kind == "model" ? 1 : 0), part.Tokens + entry.InputTokens + entry.OutputTokens, part.Usd + entry.Usd);
        }
        for (var part = 1; part < Parts; part++) Spent[part] = (Spent[part].Calls + Spent[part - 1].Calls, Spent[part].Tokens + Spent[part - 1].Tokens, Spent[part].Usd + Spent[part - 1].Usd);
    }
}
