using System.Globalization;
using System.Text;
using Rlm.Recursion;
using Rlm.Recursion.Budget;
using Rlm.Recursion.Context;
using Rlm.Recursion.Running;
using Rlm.Recursion.Running.Hosting;
using Rlm.Recursion.Sessions;
using Rlm.Scripted;

namespace Rlm.Benchmarks.Recursion;

/// <summary>64 children at once under limits that hold only some of them, with random usage: what the model served, against the limits.</summary>
internal static class ChildrenFigure
{
    private const int Children = 64, Runs = 50;

    public static async Task<Figure> MeasureAsync(RecurseBed bed)
    {
        var random = new Random(64);
        var files = bed.Context.Units(ContextScope.Everything, UnitKind.File, CancellationToken.None).Units.Where(unit => unit.Characters < 20_000).Take(Children).ToArray();
        long calls = 0, overCalls = 0, overTokens = 0;
        for (var run = 0; run < Runs; run++)
        {
            var limits = new Limits { Calls = random.Next(5, 60), Tokens = random.Next(100_000, 600_000), Parallel = 64, Depth = 1 };
            var (served, tokens) = await RunAsync(bed, run, files, limits);
            calls += served;
            overCalls += Math.Max(0, served - limits.Calls!.Value);
            overTokens += Math.Max(0, tokens - limits.Tokens!.Value);
        }
        return new("64 children at once, 50 runs", "overshoot 0 calls, 0 tokens", string.Create(CultureInfo.InvariantCulture, $"{overCalls} calls, {overTokens} tokens over; {calls:N0} calls served"), overCalls == 0 && overTokens == 0 && calls > Runs);
    }

    private static async Task<(long Calls, long Tokens)> RunAsync(RecurseBed bed, int run, IReadOnlyList<Unit> files, Limits limits)
    {
        long calls = 0, tokens = 0;
        (bed.OutputLimit, bed.Script) = (4_000, request =>
        {
            Interlocked.Increment(ref calls);
            // Slow enough that all children have begun by then.
            var isParent = request.Text.Contains("the parent of run", StringComparison.Ordinal);
            var (input, output) = (Random.Shared.Next(1, Encoding.UTF8.GetByteCount(request.Text)), Random.Shared.Next(1, 4_000));
            Interlocked.Add(ref tokens, input + output);
            return ScriptedReply.Call("answer", new { content = "seen", ready = true, findings = Array.Empty<object>() }) with { InputTokens = input, OutputTokens = output, Delay = TimeSpan.FromMilliseconds(isParent ? 300 : 0) };
        });
        var root = bed.Start(new(string.Create(CultureInfo.InvariantCulture, $"the parent of run {run}")) { Mode = "agent", Limits = limits });
        var parent = bed.SessionOf(root.Id);
        await Task.WhenAll(files.Select((file, at) => ChildAsync(bed, parent, new(string.Create(CultureInfo.InvariantCulture, $"child {at} of run {run}")) { Over = [HandlePath.Of(file.Handle)], Mode = "ask" })));
        await bed.WaitAsync(root.Id);
        return (calls, tokens);
    }

    // Refused for want of budget is what is to happen to some.
    private static async Task ChildAsync(RecurseBed bed, Session parent, RecurseRequest request)
    {
        try
        {
            await Task.Run(() => bed.Children.RunAsync(parent, request, CancellationToken.None));
        }
        catch (BudgetSpentException)
        {
        }
    }
}
