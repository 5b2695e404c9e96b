using System.Diagnostics;
using System.Globalization;
using Rlm.Recursion;
using Rlm.Recursion.Context;
using Rlm.Scripted;

namespace Rlm.Benchmarks.Recursion;

/// <summary>What sub-agents cost beside the model: a scripted model on loopback, the real engine, a real folder. Prints a table; 1 when a figure is missed.</summary>
internal static class RecurseBenchmark
{
    private const int Leaves = 64;

    public static async Task<int> RunAsync(string? source)
    {
        await using var bed = new RecurseBed(source);
        var units = bed.Context.Units(ContextScope.Everything, UnitKind.Symbol, CancellationToken.None).Units;
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{units.Count:N0} symbols with bodies, {Environment.ProcessorCount} processors"));
        var figures = new List<Figure>();
        foreach (var measure in new Func<Task<Figure>>[]
        {
            () => OverheadAsync(bed, units), () => WidthAsync(bed, units), () => ChildrenFigure.MeasureAsync(bed), () => FaultsFigure.MeasureAsync(bed, units),
            () => CancelAsync(bed, units), () => MemoFigures.AgainAsync(bed), () => MemoFigures.EditedAsync(bed), () => PromptFigure.MeasureAsync(bed),
        })
        {
            figures.Add(await measure());
            var figure = figures[^1];
            Console.Error.WriteLine($"{(figure.IsMet ? "ok    " : "MISSED")}  {figure.What,-44}  {figure.Wanted,-42}  {figure.Measured}");
        }
        return figures.All(figure => figure.IsMet) ? 0 : 1;
    }

    // One call at a time, so that nothing hides behind anything else.
    private static async Task<Figure> OverheadAsync(RecurseBed bed, IReadOnlyList<Unit> units)
    {
        (bed.OutputLimit, bed.Script) = (64, request => LeafReplies.Of(request));
        await bed.RunAsync(RecurseBed.Map("warm up", units.Take(Leaves), 1));
        var times = new List<double>();
        for (var round = 0; round < 5; round++)
        {
            var (before, clock) = (bed.Requests, Stopwatch.StartNew());
            await bed.RunAsync(RecurseBed.Map($"overhead {round}", units.Take(Leaves), 1));
            times.Add(clock.Elapsed.TotalMilliseconds / Math.Max(1, bed.Requests - before));
        }
        times.Sort();
        return new("overhead per leaf, loopback and server in it", "median of 5 runs ≤ 5 ms", string.Create(CultureInfo.InvariantCulture, $"{times[2]:0.00} ms ({times[0]:0.00} to {times[^1]:0.00})"), times[2] <= 5);
    }

    private static async Task<Figure> WidthAsync(RecurseBed bed, IReadOnlyList<Unit> units)
    {
        (bed.OutputLimit, bed.Script) = (64, request => LeafReplies.Of(request) with { Delay = TimeSpan.FromSeconds(1) });
        var (before, clock) = (bed.Requests, Stopwatch.StartNew());
        var state = await bed.RunAsync(RecurseBed.Map("width", units.Take(Leaves), 8));
        var (seconds, calls) = (clock.Elapsed.TotalSeconds, bed.Requests - before);
        return new("64 leaves of 1 s, 8 at once", "≤ 8.5 s", string.Create(CultureInfo.InvariantCulture, $"{seconds:0.00} s, {calls} calls, {state.Coverage.Judged} judged"), seconds <= 8.5 && calls == Leaves && state.Coverage.Judged == Leaves);
    }

    private static async Task<Figure> CancelAsync(RecurseBed bed, IReadOnlyList<Unit> units)
    {
        var arrivals = new System.Collections.Concurrent.ConcurrentQueue<long>();
        (bed.OutputLimit, bed.Script) = (64, request =>
        {
            arrivals.Enqueue(Stopwatch.GetTimestamp());
            return LeafReplies.Of(request) with { Delay = TimeSpan.FromMilliseconds(20) };
        });
        var state = bed.Start(RecurseBed.Map("cancel", units.Take(1_000), 8));
        while (arrivals.Count < 40) await Task.Delay(5);
        var cancelled = Stopwatch.GetTimestamp();
        bed.Cancel(state.Id);
        state = await bed.WaitAsync(state.Id);
        await Task.Delay(TimeSpan.FromSeconds(1));
        var last = arrivals.Max(at => Stopwatch.GetElapsedTime(cancelled, at).TotalMilliseconds);
        return new("cancel in the middle of a map", "no new call after 250 ms", string.Create(CultureInfo.InvariantCulture, $"last call {last:0} ms after it, {state.Coverage.Judged} judged are kept"), last <= 250);
    }
}
