using System.Text;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using Rlm.Context.Index;

namespace Rlm.Context.Lucene;

/// <summary>The names of symbols in one segment.</summary>
internal static class SegmentNames
{
    private static readonly HashSet<string> LongNamesOnly = [Fields.LongNames];

    /// <summary>Adds the symbols with exactly this name.</summary>
    public static void Find(LuceneSegment segment, string name, List<SymbolPlace> places)
    {
        var term = new BytesRef();
        NameTerm.Write(term, name);
        if (segment.Terms(Fields.Names) is not { } names || !names.SeekExact(term)) return;
        var postings = names.DocsAndPositions(segment.Reader.LiveDocs, null, DocsAndPositionsFlags.NONE);
        for (int content; (content = postings.NextDoc()) != DocIdSetIterator.NO_MORE_DOCS;)
            for (var left = postings.Freq; left > 0; left--) places.Add(new(segment.FirstId + content, postings.NextPosition()));
    }

    /// <summary>Tells of every name that passes and that a content which is not removed has.</summary>
    public static void Scan(LuceneSegment segment, NameFilter passes, Action<string, int> found)
    {
        if (segment.Terms(Fields.Names) is not { } names) return;
        while (names.MoveNext())
        {
            var name = NameTerm.IsLong(names.Term) ? LongName(segment, names) : names.Term.Bytes.AsSpan(names.Term.Offset, names.Term.Length);
            if (passes(name) && Count(segment, names) is > 0 and var count) found(Encoding.UTF8.GetString(name), count);
        }
    }

    private static int Count(LuceneSegment segment, TermsEnum names)
    {
        if (segment.Reader.LiveDocs is not { } live) return (int)names.TotalTermFreq;
        var postings = names.Docs(live, null, DocsFlags.FREQS);
        var count = 0;
        while (postings.NextDoc() != DocIdSetIterator.NO_MORE_DOCS) count += postings.Freq;
        return count;
    }

    // The term is only a hash; the first content that has it has the name as well.
    private static ReadOnlySpan<byte> LongName(LuceneSegment segment, TermsEnum names)
    {
        var postings = names.Docs(null, null, DocsFlags.NONE);
        var term = new BytesRef();
        foreach (var name in segment.Reader.Document(postings.NextDoc(), LongNamesOnly).GetValues(Fields.LongNames))
        {
            NameTerm.Write(term, name);
            if (term.BytesEquals(names.Term)) return Encoding.UTF8.GetBytes(name);
        }
        throw new IndexDamagedException("a long name is missing");
    }
}
