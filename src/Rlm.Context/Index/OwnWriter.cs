using System.Collections.Immutable;
using Rlm.Context.Index.Segments;

namespace Rlm.Context.Index;

/// <summary>The writer of <see cref="OwnEngine"/>. What is put gathers in memory until there is enough for a segment.</summary>
internal sealed class OwnWriter : IEngineWriter
{
    private readonly Lock _gate = new();
    private readonly OwnEngine _engine;
    private readonly IDisposable _held;
    private readonly List<WrittenSegment> _segments;
    private readonly PairBuffer _pairs;
    private Dictionary<string, (WrittenSegment Segment, int Document)>? _places;
    private List<IndexedFile> _files = [];
    private WrittenSegment _gathering = new();
    private long _generation;
    private bool _hasChanged, _isBroken;

    /// <summary>Goes on from a manifest; takes over the lock.</summary>
    /// <param name="engine">Where to.</param>
    /// <param name="manifest">The state to change.</param>
    /// <param name="isCommitted">Whether that state is the one on disk.</param>
    /// <param name="held">The lock.</param>
    public OwnWriter(OwnEngine engine, Manifest manifest, bool isCommitted, IDisposable held)
    {
        (_engine, _held, _generation) = (engine, held, manifest.Generation);
        _segments = [.. manifest.Segments.Select(segment => new WrittenSegment(segment.Info, segment.Dead))];
        _hasChanged = !isCommitted;
        _pairs = new(engine.MaxPairs);
        // What a writer left that was killed or found the disk full would take room for ever.
        if (isCommitted) DeleteOld();
    }

    public void Put(in IndexedFile file, ReadOnlySpan<uint> trigrams, ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            Begin();
            Forget(file.Path);
            if (_pairs.IsFullFor(trigrams.Length)) Seal();
            Places[file.Path] = (_gathering, _files.Count);
            _files.Add(file);
            _pairs.Add(trigrams, file.Flags.HasFlag(IndexedFileFlags.AlwaysCandidate));
            _isBroken = false;
        }
    }

    public void Remove(string path)
    {
        lock (_gate)
        {
            Begin();
            Forget(path);
            _isBroken = false;
        }
    }

    public void PutContent(OutlinedContent content) => throw new NotSupportedException();

    public void RemoveContent(UInt128 key) => throw new NotSupportedException();

    public bool HasContent(UInt128 key) => throw new NotSupportedException();

    public long Commit()
    {
        lock (_gate)
        {
            Begin();
            if (!_pairs.IsEmpty) Seal();
            if (_hasChanged) WriteManifest();
            _isBroken = false;
            return _generation;
        }
    }

    public bool Merge(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Begin();
            if (!_pairs.IsEmpty) Seal();
            var chosen = MergePolicy.Choose(_segments);
            if (chosen.Count > 0) Replace(chosen, cancellationToken);
            else if (_hasChanged) WriteManifest();
            _isBroken = false;
            return chosen.Count > 0;
        }
    }

    public void Dispose() => _held.Dispose();

    // Whatever throws in the middle of a change leaves a state that is not to be committed.
    private void Begin()
    {
        if (_isBroken) throw new IOException("The index writer failed before; open another.");
        _isBroken = true;
    }

    private Dictionary<string, (WrittenSegment Segment, int Document)> Places => _places ??= ReadPlaces();

    private Dictionary<string, (WrittenSegment Segment, int Document)> ReadPlaces()
    {
        var places = new Dictionary<string, (WrittenSegment, int)>(StringComparer.Ordinal);
        foreach (var segment in _segments)
        {
            using var reader = Opened(segment);
            for (var document = 0; document < reader.Files; document++)
                if (!segment.Dead.Contains(document)) places[reader.File(document).Path] = (segment, document);
        }
        return places;
    }

    private void Forget(string path)
    {
        if (!Places.Remove(path, out var place)) return;
        place.Segment.Dead.Add(place.Document);
        _hasChanged = true;
    }

    private void Seal()
    {
        var id = NewId();
        using (var output = _engine.Files.Create(_engine.SegmentName(id)))
        {
            var writer = new SegmentWriter(output, _files);
            _pairs.Drain(writer);
            _gathering.Info = writer.Finish(id);
        }
        _segments.Add(_gathering);
        (_gathering, _files, _hasChanged) = (new(), [], true);
    }

    private void Replace(List<WrittenSegment> chosen, CancellationToken cancellationToken)
    {
        var id = NewId();
        var merged = new WrittenSegment();
        var readers = chosen.ConvertAll(Opened);
        try
        {
            using var output = _engine.Files.Create(_engine.SegmentName(id));
            merged.Info = SegmentMerge.Run(readers, chosen, output, id, Moved, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Only a file without a name in the manifest is left, for the next commit to delete.
            _isBroken = false;
            throw;
        }
        finally
        {
            readers.ForEach(reader => reader.Dispose());
        }
        _segments.RemoveAll(chosen.Contains);
        _segments.Add(merged);
        WriteManifest();

        void Moved(string path, int document)
        {
            if (_places is not null) _places[path] = (merged, document);
        }
    }

    // The order is what makes it durable; see OwnEngine.
    private void WriteManifest()
    {
        _segments.RemoveAll(segment => segment.Dead.Count == segment.Info.Files);
        var manifest = new Manifest(_generation + 1, [.. _segments.Select(segment => new ManifestSegment(segment.Info, [.. segment.Dead.Order()]))]);
        var files = _engine.Files;
        using (var output = files.Create(_engine.NewManifestName))
        {
            output.Write(manifest.ToBytes());
            output.Sync();
        }
        files.SyncFolder();
        files.Rename(_engine.NewManifestName, _engine.ManifestName);
        files.SyncFolder();
        (_generation, _hasChanged) = (manifest.Generation, false);
        DeleteOld();
    }

    private void DeleteOld()
    {
        var current = _segments.Select(segment => _engine.SegmentName(segment.Info.Id)).ToHashSet(StringComparer.Ordinal);
        foreach (var name in _engine.Files.List())
            if (name.StartsWith(_engine.FormatId + ".", StringComparison.Ordinal) && name.EndsWith(".segment", StringComparison.Ordinal) && !current.Contains(name)) _engine.Files.Delete(name);
    }

    private SegmentReader Opened(WrittenSegment segment) => _engine.OpenSegment(segment.Info) ?? throw new IndexDamagedException("a segment is missing");

    private static ulong NewId() => (ulong)Random.Shared.NextInt64();
}

/// <summary>A segment as its writer sees it.</summary>
internal sealed class WrittenSegment
{
    public WrittenSegment()
    {
    }

    public WrittenSegment(SegmentInfo info, ImmutableArray<int> dead) => (Info, Dead) = (info, [.. dead]);

    /// <summary>The segment, once it is written.</summary>
    public SegmentInfo Info { get; set; }

    /// <summary>Its documents that are replaced or removed.</summary>
    public HashSet<int> Dead { get; } = [];

    /// <summary>About how many postings are still good.</summary>
    public long LivePairs => Info.Files == 0 ? 0 : (long)((double)Info.Pairs * (Info.Files - Dead.Count) / Info.Files);
}
