using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using Rlm.Context.Search.Planning;

namespace Rlm.Context.Lucene;

/// <summary>Answers a query of trigrams from one segment.</summary>
internal static class SegmentCandidates
{
    // Going through a list costs about 5 ns for each posting, looking into a file 20 µs or more: a list is worth it when it rules out a file for each so many postings.
    private const int PostingsPerFile = 4_000;

    /// <summary>The documents that may match, ascending.</summary>
    public static int[] Of(LuceneSegment segment, TrigramQuery query)
    {
        if (query.Kind == TrigramQueryKind.All) return segment.Files;
        var found = Documents(segment, query);
        return segment.Always.Length == 0 ? found : Union(segment, [found, segment.Always]);
    }

    private static int[] Documents(LuceneSegment segment, TrigramQuery query) => query.Kind switch
    {
        TrigramQueryKind.All => segment.Files,
        TrigramQueryKind.None => [],
        TrigramQueryKind.And => All(segment, query),
        _ => Any(segment, query),
    };

    private static int[] All(LuceneSegment segment, TrigramQuery query)
    {
        int[]? found = null;
        if (query.Trigrams.Length > 0)
        {
            if (segment.Terms(Fields.Trigrams) is not { } terms) return [];
            var lists = new (int Count, DocsEnum Documents)[query.Trigrams.Length];
            for (var index = 0; index < lists.Length; index++)
            {
                if (!Seek(terms, query.Trigrams[index])) return [];
                lists[index] = (terms.DocFreq, terms.Docs(null, null, DocsFlags.NONE));
            }
            Array.Sort(lists, (left, right) => left.Count.CompareTo(right.Count));
            found = InAll(segment, lists);
        }
        foreach (var part in query.Parts)
        {
            if (found is { Length: 0 }) break;
            var also = Documents(segment, part);
            found = found is null ? also : [.. found.Where(document => Array.BinarySearch(also, document) >= 0)];
        }
        return found ?? [];
    }

    // From the rarest to the most common: each list costs more than the one before and is likely to rule out less.
    private static int[] InAll(LuceneSegment segment, (int Count, DocsEnum Documents)[] lists)
    {
        var found = Live(segment, lists[0].Documents);
        var wasted = 0;
        foreach (var (count, documents) in lists.Skip(1))
        {
            if (found.Length == 0 || wasted == 2) break;
            var before = found.Length;
            Intersect(ref found, documents);
            wasted = (long)(before - found.Length) * PostingsPerFile < count ? wasted + 1 : 0;
        }
        return found;
    }

    private static int[] Any(LuceneSegment segment, TrigramQuery query)
    {
        var found = new List<int[]>();
        if (segment.Terms(Fields.Trigrams) is { } terms)
            foreach (var trigram in query.Trigrams)
                if (Seek(terms, trigram)) found.Add(Live(segment, terms.Docs(null, null, DocsFlags.NONE)));
        foreach (var part in query.Parts) found.Add(Documents(segment, part));
        return found.Count == 1 ? found[0] : Union(segment, found);
    }

    private static bool Seek(TermsEnum terms, uint trigram)
    {
        var term = new BytesRef(4);
        FileDocument.Write(term, trigram);
        return terms.SeekExact(term);
    }

    private static int[] Live(LuceneSegment segment, DocsEnum documents)
    {
        var found = new List<int>();
        for (int document; (document = documents.NextDoc()) != DocIdSetIterator.NO_MORE_DOCS;)
            if (segment.IsLive(document)) found.Add(document);
        return [.. found];
    }

    private static void Intersect(ref int[] found, DocsEnum documents)
    {
        var (kept, next) = (0, -1);
        foreach (var document in found)
        {
            if (next < document) next = documents.Advance(document);
            if (next == document) found[kept++] = document;
        }
        Array.Resize(ref found, kept);
    }

    private static int[] Union(LuceneSegment segment, List<int[]> lists)
    {
        var isIn = new FixedBitSet(segment.Reader.MaxDoc);
        foreach (var list in lists)
            foreach (var document in list) isIn.Set(document);
        var union = new int[isIn.Cardinality];
        for (int index = 0, document = -1; index < union.Length; index++) union[index] = document = isIn.NextSetBit(document + 1);
        return union;
    }
}
