using Rlm.Context.Index.Segments;
using Rlm.Context.Search.Planning;

namespace Rlm.Context.Index;

/// <summary>Answers a query from one segment.</summary>
internal static class SegmentQuery
{
    // Going through a list costs about 2 ns for each posting, looking into a file 20 µs or more: a list is worth it when it rules out a file for each so many postings.
    private const int PostingsPerFile = 10_000;

    /// <summary>The documents that may match, ascending.</summary>
    public static ReadOnlySpan<int> Run(FileSegmentReader segment, TrigramQuery query)
    {
        var found = Documents(segment, query);
        if (query.Kind == TrigramQueryKind.All || segment.Find(TrigramEntry.Always) is not { } always) return found;
        return Union(segment, [found, List(segment, always)]);
    }

    private static int[] Documents(FileSegmentReader segment, TrigramQuery query) => query.Kind switch
    {
        TrigramQueryKind.All => [.. Enumerable.Range(0, segment.Files)],
        TrigramQueryKind.None => [],
        TrigramQueryKind.And => All(segment, query),
        _ => Any(segment, query),
    };

    private static int[] All(FileSegmentReader segment, TrigramQuery query)
    {
        var entries = new TrigramEntry[query.Trigrams.Length];
        for (var index = 0; index < entries.Length; index++)
        {
            if (segment.Find(query.Trigrams[index]) is not { } entry) return [];
            entries[index] = entry;
        }
        Array.Sort(entries, (left, right) => left.Count.CompareTo(right.Count));
        var found = entries.Length > 0 ? List(segment, entries[0]) : null;
        // From the rarest to the most common: each list costs more than the one before and is likely to rule out less.
        var wasted = 0;
        foreach (var entry in entries.Skip(1))
        {
            if (found!.Length == 0 || wasted == 2) break;
            var before = found.Length;
            Intersect(ref found, segment.Postings(entry));
            wasted = (long)(before - found.Length) * PostingsPerFile < entry.Count ? wasted + 1 : 0;
        }
        foreach (var part in query.Parts)
        {
            if (found is { Length: 0 }) break;
            var also = Documents(segment, part);
            if (found is null) found = also;
            else Intersect(ref found, also);
        }
        return found ?? [];
    }

    private static int[] Any(FileSegmentReader segment, TrigramQuery query)
    {
        var found = new List<int[]>();
        foreach (var trigram in query.Trigrams)
            if (segment.Find(trigram) is { } entry) found.Add(List(segment, entry));
        foreach (var part in query.Parts) found.Add(Documents(segment, part));
        return found.Count == 1 ? found[0] : Union(segment, found);
    }

    private static int[] List(FileSegmentReader segment, TrigramEntry entry)
    {
        var documents = new int[entry.Count];
        var postings = segment.Postings(entry);
        for (var index = 0; index < documents.Length; index++) documents[index] = postings.Next();
        return documents;
    }

    private static void Intersect(ref int[] found, PostingCursor postings)
    {
        int kept = 0, next = postings.Next();
        for (var at = 0; at < found.Length && next >= 0;)
            if (next < found[at]) next = postings.Next();
            else if (found[at++] == next) found[kept++] = next;
        Array.Resize(ref found, kept);
    }

    private static void Intersect(ref int[] found, int[] also)
    {
        int kept = 0, other = 0;
        for (var at = 0; at < found.Length && other < also.Length;)
            if (also[other] < found[at]) other++;
            else if (found[at++] == also[other]) found[kept++] = also[other];
        Array.Resize(ref found, kept);
    }

    private static int[] Union(FileSegmentReader segment, List<int[]> lists)
    {
        var isIn = new bool[segment.Files];
        foreach (var list in lists)
            foreach (var document in list) isIn[document] = true;
        var union = new List<int>();
        for (var document = 0; document < isIn.Length; document++)
            if (isIn[document]) union.Add(document);
        return [.. union];
    }
}
