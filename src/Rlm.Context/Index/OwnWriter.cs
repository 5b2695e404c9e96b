using Rlm.Context.Index.Segments;

namespace Rlm.Context.Index;

/// <summary>The writer of <see cref="OwnEngine"/>. What is put gathers until there is enough for a segment.</summary>
internal sealed class OwnWriter : IEngineWriter
{
    private readonly Lock _gate = new();
    private readonly OwnEngine _engine;
    private readonly IDisposable _lock;
    private readonly List<WrittenSegment> _segments;
    private readonly HeldSegments _held;
    private readonly FileGathering _files;
    private readonly ContentGathering _contents;
    private long _generation;
    private bool _hasChanged, _isBroken;

    /// <summary>Goes on from a manifest; takes over the lock.</summary>
    /// <param name="engine">Where to.</param>
    /// <param name="manifest">The state to change.</param>
    /// <param name="isCommitted">Whether that state is the one on disk.</param>
    /// <param name="held">The lock.</param>
    public OwnWriter(OwnEngine engine, Manifest manifest, bool isCommitted, IDisposable held)
    {
        (_engine, _lock, _generation) = (engine, held, manifest.Generation);
        _segments = [.. manifest.Segments.Select(segment => new WrittenSegment(segment.Info, segment.Dead))];
        _held = new(engine);
        _files = new(engine, _segments, _held);
        _contents = new(engine, _segments, _held);
        _hasChanged = !isCommitted;
        // What a writer left that was killed or found the disk full would take room for ever.
        if (isCommitted) DeleteOld();
    }

    public void Put(in IndexedFile file, ReadOnlySpan<uint> trigrams, ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            Begin();
            _files.Put(file, trigrams, bytes);
            (_hasChanged, _isBroken) = (true, false);
        }
    }

    public void Remove(string path)
    {
        lock (_gate)
        {
            Begin();
            _hasChanged |= _files.Remove(path);
            _isBroken = false;
        }
    }

    public void PutContent(OutlinedContent content)
    {
        ContentGathering.Check(content);
        lock (_gate)
        {
            Begin();
            _hasChanged |= _contents.Put(content);
            _isBroken = false;
        }
    }

    public void RemoveContent(UInt128 key)
    {
        lock (_gate)
        {
            Begin();
            _hasChanged |= _contents.Remove(key);
            _isBroken = false;
        }
    }

    public bool HasContent(UInt128 key)
    {
        lock (_gate)
        {
            Begin();
            var has = _contents.Has(key);
            _isBroken = false;
            return has;
        }
    }

    public long Commit()
    {
        lock (_gate)
        {
            Begin();
            Seal();
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
            Seal();
            var chosen = MergePolicy.Choose(_segments);
            if (chosen.Count > 0) Replace(chosen, cancellationToken);
            else if (_hasChanged) WriteManifest();
            _isBroken = false;
            return chosen.Count > 0;
        }
    }

    public void Dispose()
    {
        _files.Dispose();
        _contents.Dispose();
        _held.Dispose();
        _lock.Dispose();
    }

    // Whatever throws in the middle of a change leaves a state that is not to be committed.
    private void Begin()
    {
        if (_isBroken) throw new IOException("The index writer failed before; open another.");
        _isBroken = true;
    }

    private void Seal()
    {
        _files.Seal();
        _contents.Seal();
    }

    private void Replace(List<WrittenSegment> chosen, CancellationToken cancellationToken)
    {
        var merged = new WrittenSegment();
        try
        {
            using var output = new SegmentOutput(_engine);
            merged.Info = chosen[0].Info.Kind == SegmentKind.Files ? FileMerge.Run(chosen, _held, output, cancellationToken) : ContentMerge.Run(chosen, _held, output, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Only a file without a name in the manifest is left, for the next commit to delete.
            _isBroken = false;
            throw;
        }
        _segments.RemoveAll(chosen.Contains);
        _segments.Add(merged);
        chosen.ForEach(_held.Release);
        _files.ForgetPlaces();
        _contents.ForgetPlaces();
        WriteManifest();
    }

    // The order is what makes it durable; see OwnEngine.
    private void WriteManifest()
    {
        foreach (var dead in _segments.FindAll(segment => segment.Dead.Count == segment.Info.Items))
        {
            _segments.Remove(dead);
            _held.Release(dead);
        }
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
}
