using System.Collections.Concurrent;
using System.Globalization;
using Rlm.Recursion.Context;
using Rlm.Scripted;

namespace Rlm.Benchmarks.Recursion;

/// <summary>A large map with a model of which every twentieth call fails on the wire, and every twentieth unit is left out or answered wrongly when it is asked about first.</summary>
internal static class FaultsFigure
{
    private const int Units = 1_000;
    private const double Part = 0.05;

    public static async Task<Figure> MeasureAsync(RecurseBed bed, IReadOnlyList<Unit> all)
    {
        var units = all.Take(Units).ToArray();
        var (asked, firsts, failed, random) = (new ConcurrentDictionary<string, int>(), 0, 0, new Random(5));
        (bed.OutputLimit, bed.Script) = (64_000, request =>
        {
            lock (random)
            {
                var fresh = LeafReplies.Units(request).Where(unit => asked.TryAdd(unit.Handle, unit.Characters)).Select(unit => unit.Handle).ToHashSet();
                if (fresh.Count > 0) firsts++;
                if (fresh.Count > 0 && random.NextDouble() < Part)
                {
                    failed++;
                    return random.Next(2) == 0 ? ScriptedReply.Fail(503, "0") : ScriptedReply.Break(ScriptedFault.Cut);
                }
                return LeafReplies.Of(request, handle => fresh.Contains(handle) && random.NextDouble() < Part);
            }
        });
        var before = bed.Requests;
        var state = await bed.RunAsync(RecurseBed.Map("faults", units, 8));
        var calls = bed.Requests - before;
        var most = (int)Math.Ceiling(asked.Values.Sum() / 100_000.0);
        var inOrder = state.Findings.Select(finding => finding.Unit).SequenceEqual(units.Select(unit => unit.Handle));
        return new(string.Create(CultureInfo.InvariantCulture, $"map of {units.Length:N0} units, 5 % faults"), string.Create(CultureInfo.InvariantCulture, $"in order, none lost, ≤ {most} first calls"),
            string.Create(CultureInfo.InvariantCulture, $"{(inOrder ? "in order" : "NOT in order")}, {state.Coverage.Judged} judged, {firsts} first calls + {calls - firsts} retries ({failed} failed on the wire)"),
            inOrder && state.Coverage.Judged == units.Length && firsts <= most);
    }
}
