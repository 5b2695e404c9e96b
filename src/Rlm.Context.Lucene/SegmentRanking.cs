using System.Buffers;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using Rlm.Context.Index;

namespace Rlm.Context.Lucene;

/// <summary>Scores the units of one segment, term by term, into an array (the "term at a time" of Turtle and Flood 1995): Lucene's own scorers know no sum of weighted impacts.</summary>
internal static class SegmentRanking
{
    /// <summary>Shows the wanted units whose score is above the bar.</summary>
    public static void Run(LuceneSegment segment, IReadOnlyList<WeightedTerm> terms, bool[] isWanted, BestUnits best, CancellationToken cancellationToken)
    {
        if (segment.Terms(Fields.Terms) is not { } lists) return;
        var scores = ArrayPool<float>.Shared.Rent(segment.Reader.MaxDoc);
        try
        {
            Array.Clear(scores, 0, segment.Reader.MaxDoc);
            var bytes = new BytesRef(sizeof(ulong));
            foreach (var (term, weight) in terms)
            {
                cancellationToken.ThrowIfCancellationRequested();
                UnitTerms.Write(bytes, term);
                if (lists.SeekExact(bytes)) Add(lists.DocsAndPositions(null, null, DocsAndPositionsFlags.NONE), weight / byte.MaxValue, scores);
            }
            Show(segment, scores, isWanted, best);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(scores);
        }
    }

    private static void Add(DocsAndPositionsEnum postings, float factor, float[] scores)
    {
        for (int unit; (unit = postings.NextDoc()) != DocIdSetIterator.NO_MORE_DOCS;)
            for (var left = postings.Freq; left > 0; left--) scores[unit] += factor * postings.NextPosition();
    }

    private static void Show(LuceneSegment segment, float[] scores, bool[] isWanted, BestUnits best)
    {
        for (var index = 0; index < segment.Contents.Length; index++)
        {
            var content = segment.Contents[index];
            var id = segment.FirstId + content;
            if (id >= isWanted.Length || !isWanted[id]) continue;
            var first = content - segment.Heads[index].Units;
            for (var unit = first; unit < content; unit++)
                if (scores[unit] > best.Bar) best.Add(new(id, unit - first, scores[unit]));
        }
    }
}
