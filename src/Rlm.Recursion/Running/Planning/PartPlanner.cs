using System.Security.Cryptography;
using System.Text;
using Rlm.Recursion.Context;

namespace Rlm.Recursion.Running.Planning;

/// <summary>
/// Cuts units, which are in order already, into the fewest runs of at most so many tokens. Among these it takes the runs that are most even and are cut where folders end rather than
/// inside one, and rather between files than inside one. Least cost over all cuts by dynamic programming: time is the number of units times the units that fit one part.
/// </summary>
internal static class PartPlanner
{
    /// <summary>Tokens in a part, where nothing else is said.</summary>
    public const long StandardTokens = 60_000;

    /// <summary>Units of a part at most: more of them no sub-agent can tell apart, and the plan of a hundred thousand empty files stays quick.</summary>
    public const int MaxUnits = 2_000;

    private const int CharactersPerToken = 4;

    /// <summary>The plan; without units it has no part.</summary>
    /// <param name="units">By path, then line.</param>
    /// <param name="maxTokens">Most tokens of a part; a single unit above it makes a part of its own, marked so.</param>
    public static PartPlan Plan(IReadOnlyList<Unit> units, long maxTokens = StandardTokens)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxTokens, 1);
        IReadOnlyList<Part> parts = units.Count == 0 ? [] : Cut(units, maxTokens * CharactersPerToken);
        return new(parts, units.Count, Hash(units), parts.Sum(part => part.Units.Count), Hash([.. parts.SelectMany(part => part.Units)]));
    }

    /// <summary>What it costs to cut between two neighbours: 0.5 inside a file, down to 0 where not even the first folder is the same.</summary>
    internal static double CutCost(Unit before, Unit after)
    {
        var (left, right) = (HandlePath.Of(before.Handle).Split('/'), HandlePath.Of(after.Handle).Split('/'));
        var shared = 0;
        while (shared < left.Length && shared < right.Length && left[shared] == right[shared]) shared++;
        if (shared == left.Length && shared == right.Length) return 0.5;
        return shared == 0 ? 0 : 0.25 * shared / Math.Max(1, Math.Max(left.Length, right.Length) - 1);
    }

    /// <summary>What a run costs by its size: how far it is from the mean, squared.</summary>
    internal static double SizeCost(long characters, double mean) => mean <= 0 ? 0 : (characters - mean) / mean * ((characters - mean) / mean);

    /// <summary>Fewest runs possible: fill each as far as it goes.</summary>
    internal static int Fewest(IReadOnlyList<Unit> units, long most)
    {
        var (runs, size, count) = (1, 0L, 0);
        for (var at = 0; at < units.Count; at++)
            if (at > 0 && (size + units[at].Characters > most || count == MaxUnits)) (runs, size, count) = (runs + 1, units[at].Characters, 1);
            else (size, count) = (size + units[at].Characters, count + 1);
        return runs;
    }

    private static List<Part> Cut(IReadOnlyList<Unit> units, long most)
    {
        var mean = (double)units.Sum(unit => (long)unit.Characters) / Fewest(units, most);
        var best = new (int Runs, double Cost, int From)[units.Count + 1];
        for (var end = 1; end <= units.Count; end++)
        {
            best[end] = (int.MaxValue, 0, 0);
            var (size, edge) = (0L, end < units.Count ? CutCost(units[end - 1], units[end]) : 0);
            for (var start = end - 1; start >= Math.Max(0, end - MaxUnits); start--)
            {
                size += units[start].Characters;
                if (size > most && start < end - 1) break;
                var (runs, cost) = (best[start].Runs + 1, best[start].Cost + SizeCost(size, mean) + edge);
                if (runs < best[end].Runs || (runs == best[end].Runs && cost < best[end].Cost)) best[end] = (runs, cost, start);
            }
        }
        return Runs(units, [.. best.Select(entry => entry.From)], most);
    }

    private static List<Part> Runs(IReadOnlyList<Unit> units, int[] from, long most)
    {
        var parts = new List<Part>();
        for (var end = units.Count; end > 0; end = from[end])
        {
            var run = units.Skip(from[end]).Take(end - from[end]).ToList();
            var characters = run.Sum(unit => (long)unit.Characters);
            parts.Add(new(run, (characters + CharactersPerToken - 1) / CharactersPerToken) { IsOversized = characters > most });
        }
        parts.Reverse();
        return parts;
    }

    private static string Hash(IReadOnlyList<Unit> units)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var unit in units) hash.AppendData(Encoding.UTF8.GetBytes($"{unit.Handle}\0{unit.With?.Handle}\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
