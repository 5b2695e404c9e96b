using Rlm.Context.Files;
using Rlm.Context.Slices;

namespace Rlm.Context.Search.Ranking;

/// <summary>Makes a region of a unit from the file as it is now: how much of the query its lines have, and which lines are the best.</summary>
internal static class RegionReader
{
    private const int BestLines = 8, MostLines = 4_000;
    private const double Uncovered = 0.2;

    /// <summary>The region; null when no line has a word of the query.</summary>
    /// <param name="candidate">The unit, scored.</param>
    /// <param name="text">The very version that the unit was made of.</param>
    /// <param name="weights">What to look for.</param>
    public static Evidence? Read(UnitCandidate candidate, WholeText text, QueryWeights weights)
    {
        var found = new List<(int Line, ulong Mask)>();
        ulong all = 0;
        var looked = 0;
        foreach (var line in candidate.Lines.SelectMany(run => Enumerable.Range(run.Start, run.Count)))
        {
            // Enough for the best lines; a unit whose only line comes late must still be found.
            if (looked++ >= MostLines && found.Count > 0) break;
            var mask = weights.Query.MaskOf(text.Text.Lines.Line(line));
            if (mask != 0) found.Add((line, mask));
            all |= mask;
        }
        var range = RangeOf(candidate, found, weights);
        if (range.End > text.LineCount) return null;
        var lines = Best(candidate, range, found, weights);
        if (lines.Count == 0) return null;
        var covered = weights.Total <= 0 ? 1 : weights.Of(all | candidate.Named) / weights.Total;
        return new(text.Path, candidate.Symbol, Handle.Of(text.Path, range, text.Text.Lines.Lines(range)), candidate.Score * (Uncovered + (1 - Uncovered) * covered),
            [.. lines.Order().Select(line => new EvidenceLine(line, text.Text.Lines.Line(line).ToString()))], candidate.AlsoIn);
    }

    // A symbol with its doc comment; of a window the stretch with the best line.
    private static LineRange RangeOf(UnitCandidate candidate, List<(int Line, ulong Mask)> found, QueryWeights weights)
    {
        if (candidate.Symbol is { } symbol && !candidate.IsWindow) return new(Math.Clamp(symbol.DocStart, 1, symbol.Range.Start), symbol.Range.End);
        if (found.Count == 0) return candidate.Lines[0];
        var best = found.MaxBy(line => weights.Of(line.Mask, withJoined: true)).Line;
        return candidate.Lines.First(run => run.Contains(best));
    }

    // Each next line is the one that adds most to those before it; a word seen already counts a quarter.
    private static HashSet<int> Best(UnitCandidate candidate, LineRange range, List<(int Line, ulong Mask)> found, QueryWeights weights)
    {
        var lines = new HashSet<int>();
        ulong seen = 0;
        var left = found.Where(line => range.Contains(line.Line)).ToList();
        while (lines.Count < BestLines && left.Count > 0)
        {
            var best = left.MaxBy(line => weights.Of(line.Mask & ~seen, withJoined: true) + 0.25 * weights.Of(line.Mask & seen, withJoined: true));
            left.Remove(best);
            lines.Add(best.Line);
            seen |= best.Mask;
        }
        if (candidate.Symbol is { } symbol && range.Contains(symbol.NameLine) && (lines.Count > 0 || candidate.Named != 0)) lines.Add(symbol.NameLine);
        return lines;
    }
}
