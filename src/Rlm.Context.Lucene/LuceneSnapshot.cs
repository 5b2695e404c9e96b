using System.Text;
using Lucene.Net.Index;
using Lucene.Net.Util;
using Rlm.Context.Index;
using Rlm.Context.Search.Planning;

namespace Rlm.Context.Lucene;

/// <summary>One commit, its files held open. Ids are Lucene's numbers of documents.</summary>
internal sealed class LuceneSnapshot : IEngineSnapshot
{
    private const int NamesBetweenLooks = 1024;

    private static readonly HashSet<string> OutlineOnly = [Fields.Outline];

    private readonly IndexReader _reader;
    private readonly LuceneSegment[] _segments;
    private readonly Lazy<Dictionary<UInt128, int>> _contents;

    /// <summary>Takes over the reader.</summary>
    public LuceneSnapshot(IndexReader reader, long generation)
    {
        (_reader, Generation) = (reader, generation);
        _segments = [.. reader.Leaves.Select(leaf => new LuceneSegment(leaf))];
        _contents = new(() => _segments.SelectMany(segment => segment.Contents.Zip(segment.Heads, (content, head) => (head.Key, Id: segment.FirstId + content))).ToDictionary(pair => pair.Key, pair => pair.Id));
    }

    public long Generation { get; }

    public int FileCount => Damage.Guard(() => _segments.Sum(segment => segment.Files.Length));

    public IEnumerable<int> Files => Damage.Guard(() => Ids(segment => segment.Files));

    public IEnumerable<int> Contents => Damage.Guard(() => Ids(segment => segment.Contents));

    public int UnitCount => Damage.Guard(() => _segments.Sum(segment => segment.Heads.Sum(head => head.Units)));

    public int[] Candidates(TrigramQuery query) => Damage.Guard(() => Ids(segment => SegmentCandidates.Of(segment, query)));

    public IndexedFile File(int id)
    {
        var segment = SegmentOf(id, out var document);
        return Damage.Guard(() =>
        {
            var version = VersionBytes.Read(segment.Value(Fields.Version, document));
            return new IndexedFile(Encoding.UTF8.GetString(segment.Value(Fields.Where, document)), version.Stamp, version.Content, version.Flags);
        });
    }

    public void ScanFiles(FileVisitor visit)
    {
        foreach (var segment in _segments)
        {
            var versions = Damage.Guard(() => Array.ConvertAll(segment.Files, document => VersionBytes.Read(segment.Value(Fields.Version, document))));
            for (var index = 0; index < versions.Length; index++) visit(segment.FirstId + segment.Files[index], versions[index]);
        }
    }

    public bool TryRead(int id, ref byte[] buffer, out int length)
    {
        length = 0;
        return false;
    }

    public int FindContent(UInt128 key) => Damage.Guard(() => _contents.Value.TryGetValue(key, out var id) ? id : -1);

    public UInt128 KeyOf(int content)
    {
        var segment = SegmentOf(content, out var document);
        return Damage.Guard(() => ContentDocuments.ReadHead(segment.Value(Fields.Head, document)).Key);
    }

    public byte[] Outline(int content)
    {
        var segment = SegmentOf(content, out var document);
        var bytes = Damage.Guard(() => segment.Reader.Document(document, OutlineOnly).GetBinaryValue(Fields.Outline)) ?? throw new IndexDamagedException("a content has no outline");
        return bytes.Bytes.AsSpan(bytes.Offset, bytes.Length).ToArray();
    }

    public int UnitsWith(ulong term) => Damage.Guard(() =>
    {
        var bytes = new BytesRef(sizeof(ulong));
        UnitTerms.Write(bytes, term);
        return _segments.Sum(segment => segment.Reader.DocFreq(new(Fields.Terms, bytes)));
    });

    public IReadOnlyList<ScoredUnit> Rank(IReadOnlyList<WeightedTerm> terms, bool[] isWanted, int count, CancellationToken cancellationToken) => Damage.Guard(() =>
    {
        var best = new BestUnits(count);
        foreach (var segment in _segments) SegmentRanking.Run(segment, terms, isWanted, best, cancellationToken);
        return best.Take();
    });

    public IReadOnlyList<SymbolPlace> SymbolsNamed(string name) => Damage.Guard(() =>
    {
        var places = new List<SymbolPlace>();
        if (name.Length > 0)
            foreach (var segment in _segments) SegmentNames.Find(segment, name, places);
        return places;
    });

    public void ScanNames(NameFilter passes, Action<string, int> found, CancellationToken cancellationToken) => Damage.Guard(() =>
    {
        var seen = 0;
        foreach (var segment in _segments)
            SegmentNames.Scan(segment, Looking, found);
        return seen;

        bool Looking(ReadOnlySpan<byte> name)
        {
            if (seen++ % NamesBetweenLooks == 0) cancellationToken.ThrowIfCancellationRequested();
            return passes(name);
        }
    });

    public void Verify(CancellationToken cancellationToken) => Damage.Guard(() =>
    {
        foreach (var segment in _segments)
        {
            cancellationToken.ThrowIfCancellationRequested();
            segment.Reader.CheckIntegrity();
        }
        return true;
    });

    public void Dispose() => _reader.Dispose();

    private int[] Ids(Func<LuceneSegment, int[]> documents) => [.. _segments.SelectMany(segment => documents(segment).Select(document => segment.FirstId + document))];

    private LuceneSegment SegmentOf(int id, out int document)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(id);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(id, _reader.MaxDoc);
        var segment = Array.FindLast(_segments, segment => segment.FirstId <= id)!;
        document = id - segment.FirstId;
        return segment;
    }
}
