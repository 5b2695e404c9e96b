using System.Text;
using Rlm.Context.Index.Segments;
using Rlm.Context.Search.Planning;

namespace Rlm.Context.Index;

/// <summary>One generation, its segments held open. An id is the segment's first id plus the number of the file or content in it.</summary>
internal sealed class OwnSnapshot : IEngineSnapshot
{
    private readonly SegmentReader[] _segments;
    private readonly SnapshotPart<FileSegmentReader>[] _files;
    private readonly SnapshotPart<ContentSegmentReader>[] _contents;
    private int _isDisposed;

    /// <summary>Takes over the readers.</summary>
    public OwnSnapshot(Manifest manifest, SegmentReader[] segments)
    {
        (Generation, _segments) = (manifest.Generation, segments);
        _files = SnapshotPart<FileSegmentReader>.Of(manifest, segments);
        _contents = SnapshotPart<ContentSegmentReader>.Of(manifest, segments);
        FileCount = _files.Sum(part => part.LiveCount);
        var units = _contents.Sum(part => (long)part.Reader.Units);
        UnitCount = units <= int.MaxValue ? (int)units : throw new IndexDamagedException("there are too many units");
    }

    public long Generation { get; }

    public int FileCount { get; }

    public IEnumerable<int> Files => _files.SelectMany(part => part.LiveIds);

    public int[] Candidates(TrigramQuery query)
    {
        var candidates = new List<int>();
        foreach (var part in _files)
            foreach (var document in SegmentQuery.Run(part.Reader, query))
                if (part.IsLive(document)) candidates.Add(part.FirstId + document);
        return [.. candidates];
    }

    public IndexedFile File(int id)
    {
        var part = SnapshotPart<FileSegmentReader>.Find(_files, id);
        return part.Reader.File(id - part.FirstId);
    }

    public void ScanFiles(FileVisitor visit)
    {
        foreach (var part in _files)
            part.Reader.Scan((int document, in FileVersion version) =>
            {
                if (part.IsLive(document)) visit(part.FirstId + document, version);
            });
    }

    public bool TryRead(int id, ref byte[] buffer, out int length)
    {
        var part = SnapshotPart<FileSegmentReader>.Find(_files, id);
        var text = part.Reader.BlobOf(id - part.FirstId);
        length = Math.Max(0, text.Length);
        if (text.Length < 0) return false;
        part.Reader.Blobs.Read(text, ref buffer);
        return true;
    }

    public IEnumerable<int> Contents => _contents.SelectMany(part => part.LiveIds);

    public int UnitCount { get; }

    public int FindContent(UInt128 key)
    {
        foreach (var part in _contents)
            if (part.Reader.Table.Find(key) is >= 0 and var content && part.IsLive(content)) return part.FirstId + content;
        return -1;
    }

    public UInt128 KeyOf(int content)
    {
        var part = SnapshotPart<ContentSegmentReader>.Find(_contents, content);
        return part.Reader.Table.KeyOf(content - part.FirstId);
    }

    public byte[] Outline(int content)
    {
        var part = SnapshotPart<ContentSegmentReader>.Find(_contents, content);
        var blob = part.Reader.BlobOf(content - part.FirstId);
        byte[] outline = [];
        part.Reader.Blobs.Read(blob, ref outline);
        return outline.Length == blob.Length ? outline : outline[..blob.Length];
    }

    public int UnitsWith(ulong term) => _contents.Sum(part => part.Reader.Find(term)?.Count ?? 0);

    public IReadOnlyList<ScoredUnit> Rank(IReadOnlyList<WeightedTerm> terms, bool[] isWanted, int count, CancellationToken cancellationToken)
    {
        // The same order for every segment, whatever the query's was: then equal units have equal scores, to the last bit.
        WeightedTerm[] ordered = [.. terms.OrderBy(term => UnitsWith(term.Term)).ThenBy(term => term.Term)];
        var best = new BestUnits(count);
        foreach (var part in _contents) UnitRanking.Run(part, ordered, isWanted, best, cancellationToken);
        return best.Take();
    }

    public IReadOnlyList<SymbolPlace> SymbolsNamed(string name)
    {
        var utf8 = Encoding.UTF8.GetBytes(name);
        var places = new List<SymbolPlace>();
        foreach (var part in _contents)
        {
            var firsts = part.Reader.Table.FirstSymbols;
            foreach (var symbol in part.Reader.SymbolsNamed(utf8))
                if (ContentTable.ContentOf(firsts, symbol) is var content && part.IsLive(content)) places.Add(new(part.FirstId + content, symbol - firsts[content]));
        }
        return places;
    }

    public void ScanNames(NameFilter passes, Action<string, int> found, CancellationToken cancellationToken)
    {
        foreach (var part in _contents)
        {
            using var names = part.Reader.Names();
            for (var count = 0; names.MoveNext(); count++)
            {
                if ((count & 0xFFF) == 0) cancellationToken.ThrowIfCancellationRequested();
                if (passes(names.Name) && LiveSymbols(part, names) is > 0 and var live) found(Encoding.UTF8.GetString(names.Name), live);
            }
        }
    }

    public void Verify(CancellationToken cancellationToken)
    {
        foreach (var segment in _segments) segment.Verify(cancellationToken);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0) return;
        foreach (var segment in _segments) segment.Dispose();
    }

    private static int LiveSymbols(SnapshotPart<ContentSegmentReader> part, NameStream names)
    {
        if (!part.HasDead) return names.Count;
        var table = part.Reader.Table;
        return names.ReadSymbols().Count(symbol => part.IsLive(ContentTable.ContentOf(table.FirstSymbols, symbol)));
    }
}
