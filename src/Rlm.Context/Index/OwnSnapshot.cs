using System.Collections;
using Rlm.Context.Index.Segments;
using Rlm.Context.Search.Planning;

namespace Rlm.Context.Index;

/// <summary>One generation, its segments held open. An id is the segment's first id plus the document.</summary>
internal sealed class OwnSnapshot : IEngineSnapshot
{
    private readonly SegmentReader[] _segments;
    private readonly BitArray?[] _dead;
    private readonly int[] _firstIds;

    /// <summary>Takes over the readers.</summary>
    public OwnSnapshot(Manifest manifest, SegmentReader[] segments)
    {
        (Generation, _segments) = (manifest.Generation, segments);
        _dead = new BitArray?[segments.Length];
        _firstIds = new int[segments.Length + 1];
        for (var index = 0; index < segments.Length; index++)
        {
            var dead = manifest.Segments[index].Dead;
            _firstIds[index + 1] = checked(_firstIds[index] + segments[index].Files);
            FileCount += segments[index].Files - dead.Length;
            if (dead.IsEmpty) continue;
            _dead[index] = new(segments[index].Files);
            foreach (var document in dead) _dead[index]![document] = true;
        }
    }

    public long Generation { get; }

    public int FileCount { get; }

    public IEnumerable<int> Files
    {
        get
        {
            for (var segment = 0; segment < _segments.Length; segment++)
                for (var document = 0; document < _segments[segment].Files; document++)
                    if (_dead[segment]?[document] != true) yield return _firstIds[segment] + document;
        }
    }

    public int[] Candidates(TrigramQuery query)
    {
        var candidates = new List<int>();
        for (var segment = 0; segment < _segments.Length; segment++)
            foreach (var document in SegmentQuery.Run(_segments[segment], query))
                if (_dead[segment]?[document] != true) candidates.Add(_firstIds[segment] + document);
        return [.. candidates];
    }

    public IndexedFile File(int id)
    {
        if (id < 0 || id >= _firstIds[^1]) throw new ArgumentOutOfRangeException(nameof(id));
        var segment = Array.BinarySearch(_firstIds, id);
        if (segment < 0) segment = ~segment - 1;
        while (_firstIds[segment + 1] == id) segment++; // a segment without files shares its first id
        return _segments[segment].File(id - _firstIds[segment]);
    }

    public IEnumerable<int> Contents => [];

    public int UnitCount => 0;

    public void ScanFiles(FileVisitor visit)
    {
        foreach (var id in Files)
        {
            var file = File(id);
            visit(id, new(FileVersion.HashOf(file.Path), file.Stamp, file.Content, file.Flags));
        }
    }

    public bool TryRead(int id, ref byte[] buffer, out int length)
    {
        length = 0;
        return false;
    }

    public int FindContent(UInt128 key) => -1;

    public UInt128 KeyOf(int content) => throw new NotSupportedException();

    public byte[] Outline(int content) => throw new NotSupportedException();

    public int UnitsWith(ulong term) => 0;

    public IReadOnlyList<ScoredUnit> Rank(IReadOnlyList<WeightedTerm> terms, bool[] isWanted, int count, CancellationToken cancellationToken) => [];

    public IReadOnlyList<SymbolPlace> SymbolsNamed(string name) => [];

    public void ScanNames(NameFilter passes, Action<string, int> found, CancellationToken cancellationToken)
    {
    }

    public void Dispose()
    {
        foreach (var segment in _segments) segment.Dispose();
    }
}
