using System.Globalization;
using Rlm.Context;
using Rlm.Context.Files;
using Rlm.Context.History;
using Rlm.Context.Outlines;
using Rlm.Context.Relations;
using Rlm.Context.Scopes;
using Rlm.Context.Slices;
using Rlm.Context.Traces;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Rendering;

/// <summary>
/// The answer of a read, before it is text or JSON: the slices of all targets and the page of them that is shown. The budget is shared out so that small
/// slices come whole and large ones get what is left.
/// </summary>
internal sealed class ReadAnswer
{
    private const int MostCounted = 3;

    private readonly int _targets;

    public ReadAnswer(ToolCall call, IReadOnlyList<string> targets, string unit, string view)
    {
        (Call, View, _targets) = (call, view, targets.Count);
        if (call.Arguments.Text("rev") is { } revision)
        {
            using var reader = call.Store.History.Open();
            var found = new RevisionTargets(call.Store, reader, revision, call.Cancellation);
            foreach (var asked in targets) AddSlices(asked, unit, found.Resolve);
        }
        else
            foreach (var asked in targets) AddSlices(asked, unit, target => call.Store.Targets.Resolve(target, call.Snapshot, call.Cancellation));
        Losses = Sum(Slices.Where(slice => slice.Target is not null).GroupBy(slice => slice.Asked).Select(group => group.First().Target!.Losses));
        (First, FirstSymbol) = Place();
        if (View == "source") Count();
    }

    // A few are looked at closely; of many each costs time and room.
    private void Count()
    {
        var symbols = Slices.Where(slice => slice.Error is null && slice.Text.Revision is null && !slice.IsWholeFile && slice.IsWholeSymbol).Take(MostCounted + 1).ToArray();
        if (symbols.Length > MostCounted) return;
        foreach (var slice in symbols) slice.Usage = SymbolUsage.Of(Call.Store, Call.Snapshot, slice.Path, slice.Symbol!, Call.Within ?? ScopeResolver.All(Call.Snapshot), Call.Cancellation);
    }

    public ToolCall Call { get; }

    /// <summary><c>source</c>, <c>signature</c> or <c>outline</c>.</summary>
    public string View { get; }

    public List<ReadSlice> Slices { get; } = [];

    /// <summary>Index of the slice that the page begins with.</summary>
    public int First { get; }

    /// <summary>Index of its symbol to go on with, when an outline was cut.</summary>
    public int FirstSymbol { get; }

    public int Failed => Slices.Count(slice => slice.Error is not null);

    public string TargetWords => string.Create(CultureInfo.InvariantCulture, $"{_targets:N0} target{(_targets == 1 ? "" : "s")}");

    public ToolAnswer Render()
    {
        var text = Call.Context.Json ? new ReadJson(this).Render() : new ReadText(this).Render();
        return new(text, Failed + Losses.Gone + Losses.NotCovered > 0);
    }

    /// <summary>What sets among the targets lost.</summary>
    public ScopeLosses Losses { get; }

    public bool HasChanged => Slices.Exists(slice => slice.Target?.Moved is not null);

    public string? Reason(bool cut) => Failed > 0 ? $"{Failed} of {_targets} targets failed" : Losses.Gone + Losses.NotCovered > 0 ? "set items lost" : cut ? "budget" : null;

    public string CursorAt(int slice, int symbol) => Call.CursorAt(symbol == 0 ? slice.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{slice}:{symbol}"));

    /// <summary>At least as long as every cursor of this answer.</summary>
    public string LongestCursor() => CursorAt(99_999, 99_999) + "12345678";

    /// <summary>How many slices fit when each has at least so much room as it needs; one at least.</summary>
    public int Fitting(long limit, Func<ReadSlice, long> least)
    {
        if (limit == long.MaxValue) return Slices.Count - First;
        var count = 0;
        while (First + count < Slices.Count && (limit -= least(Slices[First + count])) >= 0) count++;
        return Math.Clamp(count, Math.Min(1, Slices.Count - First), Slices.Count - First);
    }

    /// <summary>Small slices first get all they need; what they leave is shared by the rest.</summary>
    public static long[] Shares(IReadOnlyList<long> costs, long limit)
    {
        var shares = new long[costs.Count];
        var left = costs.Count;
        foreach (var index in Enumerable.Range(0, costs.Count).OrderBy(index => costs[index]))
        {
            shares[index] = limit == long.MaxValue ? long.MaxValue : Math.Min(costs[index], limit / left);
            if (limit != long.MaxValue) limit -= shares[index];
            left--;
        }
        return shares;
    }

    /// <summary>Notes which symbols stand at the handles that were shown.</summary>
    public void Remember(IEnumerable<ReadSlice> page) =>
        Call.Store.Journal.Remember(page.Where(slice => slice.Error is null && slice.Text.Revision is null && slice.Symbol is not null && slice.Range.Count is > 0 and < 4_000).Select(slice => (slice.HandleOf(slice.Range), slice.Symbol!.Path)));

    /// <summary>What a signature or outline view shows: the symbol meant, or those that begin in the lines.</summary>
    public IEnumerable<Symbol> SymbolsOf(ReadSlice slice) => Call.Seen(slice.Path, Meant(slice));

    private IEnumerable<Symbol> Meant(ReadSlice slice) =>
        slice.IsWholeFile ? slice.Outline.Symbols
        : slice.IsWholeSymbol ? [View == "outline" && slice.LocalFunctions() is { Count: > 0 } locals ? slice.Symbol! with { Children = [.. locals] } : slice.Symbol!]
        : slice.Outline.All.Where(symbol => slice.Range.Contains(symbol.NameLine) && !slice.Outline.All.Any(outer => outer != symbol && outer.Range.Contains(symbol.Range) && slice.Range.Contains(outer.NameLine)))
            .DefaultIfEmpty(slice.Symbol).OfType<Symbol>();

    private static ScopeLosses Sum(IEnumerable<ScopeLosses> losses) =>
        losses.Aggregate(default(ScopeLosses), (sum, one) => new(sum.Gone + one.Gone, sum.Moved + one.Moved, sum.NotCovered + one.NotCovered));

    private (int Slice, int Symbol) Place()
    {
        if (Call.Place is not { } place) return (0, 0);
        var parts = place.Split(':');
        var symbol = 0;
        if (parts.Length > 2 || !int.TryParse(parts[0], CultureInfo.InvariantCulture, out var slice) || (parts.Length == 2 && !int.TryParse(parts[1], CultureInfo.InvariantCulture, out symbol))
            || slice < 0 || symbol < 0) throw ToolCall.BadPlace();
        return (Math.Min(slice, Slices.Count), symbol);
    }

    /// <summary>What became of the pasted traces among the targets.</summary>
    public List<TraceResult> Traces { get; } = [];

    private void AddSlices(string asked, string unit, Func<string, IReadOnlyList<Target>> resolve)
    {
        try
        {
            if (!Call.Arguments.Has("rev") && IsTrace(asked) && Call.Store.Traces.Resolve(asked, Call.Snapshot, Call.Cancellation) is { } trace && (trace.Found.Count > 0 || asked.Contains('\n')))
            {
                AddTrace(trace, unit);
                return;
            }
            var slices = resolve(asked).Select(target => new ReadSlice(Call.Store, target, unit, Call.Cancellation)).ToArray();
            // Lines of another revision are not those that a session's scope names: there the whole file must be in it.
            Slices.AddRange(Call.Admitted(slices, slice => (slice.Path, slice.Text.Revision is null ? slice.Range : new LineRange(1, int.MaxValue))));
        }
        catch (ContextException fault) when (_targets > 1)
        {
            Slices.Add(new(Call.Store, asked, fault, Call.Cancellation));
        }
    }

    private bool IsTrace(string asked) => (asked.Contains('\n') || TraceParser.IsFrameShaped(asked)) && !TraceFrames.NamesFile(Call, asked);

    private void AddTrace(TraceResult trace, string unit)
    {
        trace = TraceFrames.Seen(Call, trace);
        if (trace.Found.Count == 0) throw new ContextException(ContextFault.UnknownPath, $"a trace of {trace.Frames:N0} frames was given; none of them is here", TextAnswer.Cut(TraceFrames.Line(trace) ?? "", 600) + ".");
        var targets = trace.Found.Select(place => new Target(TextAnswer.Cut(place.Frame.Text, 300), place.Text!, place.Range) { Frame = string.Create(CultureInfo.InvariantCulture, $"frame: line {place.Line}, by {place.Why}") });
        Traces.Add(trace);
        Slices.AddRange(Call.Admitted([.. targets.Select(target => new ReadSlice(Call.Store, target, unit, Call.Cancellation))], slice => (slice.Path, slice.Range)));
    }
}
