using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace Rlm.Context.Lucene;

/// <summary>A segment of a commit. Documents have their numbers in the segment.</summary>
internal sealed class LuceneSegment
{
    private readonly Lazy<int[]> _files, _always, _contents;
    private readonly Lazy<(UInt128, int)[]> _heads;

    public LuceneSegment(AtomicReaderContext leaf)
    {
        (Reader, FirstId) = (leaf.AtomicReader, leaf.DocBase);
        (_files, _always, _contents) = (new(() => Of(Fields.File)), new(() => Of(Fields.Always)), new(() => Of(Fields.Content)));
        _heads = new(() => Array.ConvertAll(Contents, document => ContentDocuments.ReadHead(Value(Fields.Head, document))));
    }

    /// <summary>Lucene's reader.</summary>
    public AtomicReader Reader { get; }

    /// <summary>The id of its first document.</summary>
    public int FirstId { get; }

    /// <summary>The files that are not replaced or removed, ascending.</summary>
    public int[] Files => _files.Value;

    /// <summary>Those of them that every query has as a candidate.</summary>
    public int[] Always => _always.Value;

    /// <summary>The contents that are not removed, ascending. A content's units are the documents just before it.</summary>
    public int[] Contents => _contents.Value;

    /// <summary>Keys and numbers of units of <see cref="Contents"/>.</summary>
    public (UInt128 Key, int Units)[] Heads => _heads.Value;

    /// <summary>Whether a document is not replaced or removed.</summary>
    public bool IsLive(int document) => Reader.LiveDocs?.Get(document) != false;

    /// <summary>A value of a document; empty when it has none. To be used at once.</summary>
    public ReadOnlySpan<byte> Value(string field, int document)
    {
        var bytes = new BytesRef();
        Reader.GetBinaryDocValues(field)?.Get(document, bytes);
        return bytes.Bytes.AsSpan(bytes.Offset, bytes.Length);
    }

    /// <summary>The terms of a field; null when it has none.</summary>
    public TermsEnum? Terms(string field) => Reader.GetTerms(field)?.GetEnumerator();

    private int[] Of(string kind)
    {
        var found = new List<int>();
        if (Reader.GetTermDocsEnum(new(Fields.Kind, kind)) is { } documents)
            for (int document; (document = documents.NextDoc()) != DocIdSetIterator.NO_MORE_DOCS;) found.Add(document);
        return [.. found];
    }
}
