using Rlm.Context.Index.Segments;
using Rlm.Context.Search.Planning;

namespace Rlm.Context.Index;

/// <summary>One generation, its segments held open. An id is the segment's first id plus the document.</summary>
internal sealed class OwnSnapshot : IEngineSnapshot
{
    private readonly SegmentReader[] _segments;
    private readonly SnapshotPart<FileSegmentReader>[] _files;
    private int _isDisposed;

    /// <summary>Takes over the readers.</summary>
    public OwnSnapshot(Manifest manifest, SegmentReader[] segments)
    {
        (Generation, _segments) = (manifest.Generation, segments);
        _files = SnapshotPart<FileSegmentReader>.Of(manifest, segments);
        FileCount = _files.Sum(part => part.LiveCount);
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

    public IEnumerable<int> Contents => [];

    public int UnitCount => 0;

    public int FindContent(UInt128 key) => -1;

    public UInt128 KeyOf(int content) => throw new NotSupportedException();

    public byte[] Outline(int content) => throw new NotSupportedException();

    public int UnitsWith(ulong term) => 0;

    public IReadOnlyList<ScoredUnit> Rank(IReadOnlyList<WeightedTerm> terms, bool[] isWanted, int count, CancellationToken cancellationToken) => [];

    public IReadOnlyList<SymbolPlace> SymbolsNamed(string name) => [];

    public void ScanNames(NameFilter passes, Action<string, int> found, CancellationToken cancellationToken)
    {
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
}
