using System.Buffers;
using Rlm.Context.Index.Segments;

namespace Rlm.Context.Index;

/// <summary>
/// Scores the units of one segment, some tens of thousands at a time, so that the scores stay in the processor's cache and parts without any posting cost nothing:
/// within a part, term by term (the "term at a time" of Turtle and Flood 1995, in parts).
/// </summary>
internal static class UnitRanking
{
    private const int PartUnits = 1 << 16;

    /// <summary>Shows the wanted units whose score is above the bar.</summary>
    /// <param name="part">The segment.</param>
    /// <param name="terms">In the order in which a unit's score is added up, which decides its last bit.</param>
    /// <param name="isWanted">As in <see cref="IEngineSnapshot.Rank"/>.</param>
    /// <param name="best">To whom.</param>
    /// <param name="cancellationToken">Checked before each part.</param>
    public static void Run(SnapshotPart<ContentSegmentReader> part, IEnumerable<WeightedTerm> terms, bool[] isWanted, BestUnits best, CancellationToken cancellationToken)
    {
        var lists = new List<WeightedList>();
        var scores = ArrayPool<float>.Shared.Rent(PartUnits);
        try
        {
            foreach (var (term, weight) in terms)
                if (part.Reader.Find(term) is { } entry) lists.Add(new(part.Reader.Postings(entry), weight));
            for (int next; (next = NextOf(lists)) < int.MaxValue;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var start = next - (next % PartUnits);
                var units = scores.AsSpan(0, Math.Min(PartUnits, part.Reader.Units - start));
                units.Clear();
                foreach (var list in lists) list.AddTo(units, start);
                Show(part, units, start, isWanted, best);
            }
        }
        finally
        {
            lists.ForEach(list => list.Dispose());
            ArrayPool<float>.Shared.Return(scores);
        }
    }

    private static int NextOf(List<WeightedList> lists)
    {
        var next = int.MaxValue;
        foreach (var list in lists) next = Math.Min(next, list.Postings.NextUnit);
        return next;
    }

    private static void Show(SnapshotPart<ContentSegmentReader> part, ReadOnlySpan<float> scores, int start, bool[] isWanted, BestUnits best)
    {
        var firsts = part.Reader.Table.FirstUnits;
        var end = start + scores.Length;
        for (var content = ContentTable.ContentOf(firsts, start); content < firsts.Length - 1 && firsts[content] < end; content++)
        {
            var id = part.FirstId + content;
            if (id >= isWanted.Length || !isWanted[id] || !part.IsLive(content)) continue;
            var (first, last) = (Math.Max(firsts[content], start), Math.Min(firsts[content + 1], end));
            for (var unit = first; unit < last; unit++)
                if (scores[unit - start] > best.Bar) best.Add(new(id, unit - firsts[content], scores[unit - start]));
        }
    }

    private sealed class WeightedList : IDisposable
    {
        private readonly float[] _shares = new float[byte.MaxValue + 1];

        public WeightedList(UnitCursor postings, float weight)
        {
            Postings = postings;
            for (var impact = 0; impact < _shares.Length; impact++) _shares[impact] = weight / byte.MaxValue * impact;
            postings.AddTo([], 0, _shares);
        }

        public UnitCursor Postings { get; }

        public void AddTo(Span<float> scores, int start) => Postings.AddTo(scores, start, _shares);

        public void Dispose() => Postings.Dispose();
    }
}
