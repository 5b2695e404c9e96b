using Rlm.Context.Files;
using Rlm.Context.Index.Building;
using Rlm.Context.Index.Storage;

namespace Rlm.Context.Index;

/// <summary>
/// The index of one store: opened when first asked for, followed while other processes or this one change it, and distrusted at the first sign of damage.
/// It only ever saves reading: what it does not know in exactly the present version is read by whoever asks.
/// </summary>
internal sealed class ContextIndex : IDisposable
{
    // Packed texts beyond this many bytes would crowd the disk; searching then reads the files.
    private const long MostTextKept = 2L << 30;

    private static readonly TimeSpan SettlingStep = TimeSpan.FromMilliseconds(100);

    private readonly ContextStore _store;
    private readonly Lock _gate = new();
    private readonly Lock _updating = new();
    private readonly string? _folder;
    private IIndexEngine? _engine;
    private IEngineSnapshot? _newest;
    private IndexView? _view;
    private IndexKeeper? _keeper;
    private IndexStatus _status;
    private volatile IProgress<ContextProgress>? _progress;
    private string? _followed;
    private bool _isInMemory, _isDisposed;

    /// <param name="store">The store.</param>
    /// <param name="folder">Where it is kept; null for memory.</param>
    public ContextIndex(ContextStore store, string? folder)
    {
        (_store, _folder) = (store, folder);
        if (!store.Options.UsesIndex) return;
        _engine = folder is null ? InMemory() : EngineAt(new DiskIndexFiles(folder), folder);
    }

    /// <summary>How far it is.</summary>
    public IndexStatus Status
    {
        get
        {
            lock (_gate) return _status;
        }
    }

    /// <summary>What is stored is not to be believed: the next update starts over.</summary>
    public bool IsDistrusted { get; private set; }

    /// <summary>The newest committed state laid beside a snapshot; null when there is no index to be had: then read every file. About 0.1 ms, or 10 ms when either is new.</summary>
    public IndexView? View(Snapshot snapshot)
    {
        lock (_gate)
        {
            if (_engine is null || IsDistrusted) return null;
            try
            {
                var generation = _engine.CurrentGeneration();
                if (generation == 0) return null;
                if (_newest?.Generation != generation) _newest = _engine.Open();
                if (_view is null || _view.Engine != _newest || _view.Snapshot.Files != snapshot.Files) _view = IndexView.Of(_newest, snapshot, _store.Outliners);
                return _view;
            }
            catch (IndexDamagedException)
            {
                Distrust();
                return null;
            }
        }
    }

    /// <summary>To be called when a view threw <see cref="IndexDamagedException"/>: the index is made anew, and until then there is none.</summary>
    public void Distrust()
    {
        lock (_gate) (IsDistrusted, _newest, _view) = (true, null, null);
        _keeper?.Wake();
    }

    /// <summary>To be called with every snapshot that answers are made from: where the index is to be kept, the first one starts that, and a new one wakes it.</summary>
    public void Follow(Snapshot snapshot)
    {
        if (!_store.Options.KeepsIndex) return;
        lock (_gate)
        {
            if (_engine is null || _isDisposed || _followed == snapshot.Version) return;
            _followed = snapshot.Version;
            if (_keeper is not null) _keeper.Wake();
            else (_status, _keeper) = (new(IndexState.Starting), new(_store, this));
        }
    }

    /// <summary>Brings the index to a snapshot, now. Gives how many files could not be taken as they are.</summary>
    /// <exception cref="IndexBusyException">Another process is writing it.</exception>
    /// <exception cref="IndexDamagedException">It is damaged; the next call starts over.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public int Update(Snapshot snapshot, CancellationToken cancellationToken)
    {
        lock (_updating)
        {
            if (_engine is null) return 0;
            try
            {
                Plant(snapshot);
                OpenWriter().Dispose(); // settles where the index is
                var left = new IndexUpdate(_store, _engine, OpenWriter, snapshot, !_isInMemory && snapshot.Bytes <= MostTextKept, Report).Run(cancellationToken);
                Report(new(IndexState.Ready, Note: _isInMemory && _folder is not null ? "the cache folder cannot be written: the index is kept in memory" : null));
                return left;
            }
            catch (IndexDamagedException)
            {
                Distrust();
                throw;
            }
        }
    }

    /// <summary>The same, waiting while another process writes, starting over when there is damage, and once more after a moment for files that were being written to; with progress and a report.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public IndexReport Build(Snapshot snapshot, IProgress<ContextProgress>? progress, CancellationToken cancellationToken)
    {
        var started = _store.Options.Time.GetTimestamp();
        _progress = progress;
        try
        {
            var isLast = false;
            for (var damaged = 0; ;)
            {
                try
                {
                    var left = Update(snapshot, cancellationToken);
                    if (left > 0 && !isLast)
                    {
                        (snapshot, isLast) = (Settled(snapshot, progress, cancellationToken), true);
                        continue;
                    }
                    return new(snapshot.Files.Length, snapshot.Bytes, left, _engine?.TotalBytes() ?? 0, _isInMemory ? null : _folder, _store.Options.Time.GetElapsedTime(started));
                }
                catch (IndexBusyException)
                {
                    progress?.Report(new(0, 0, "waiting for another process that writes the index"));
                    if (cancellationToken.WaitHandle.WaitOne(TimeSpan.FromSeconds(1))) throw new OperationCanceledException(cancellationToken);
                }
                catch (IndexDamagedException fault) when (++damaged > 2)
                {
                    throw new IOException(fault.Message, fault);
                }
                catch (IndexDamagedException)
                {
                }
            }
        }
        finally
        {
            _progress = null;
        }
    }

    /// <summary>Takes note of how far it is.</summary>
    public void Report(IndexStatus status)
    {
        lock (_gate) _status = status;
        if (status.State is IndexState.Texts or IndexState.Outlines) _progress?.Report(new(status.Done, status.Total, status.State == IndexState.Texts ? "indexing" : "outlining"));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate) _isDisposed = true;
        _keeper?.Dispose();
        _newest?.Dispose();
    }

    // A fresh checkout was written to the moment before: its last files can be trusted a moment later.
    private Snapshot Settled(Snapshot snapshot, IProgress<ContextProgress>? progress, CancellationToken cancellationToken)
    {
        var time = _store.Options.Time;
        // Times in the future never settle.
        for (var steps = FileStamp.LongestToSettle / SettlingStep; steps > 0 && snapshot.Files.Any(file => !file.Stamp.IsSettled(time.GetUtcNow())); steps--)
        {
            progress?.Report(new(0, 0, "waiting for files that were written just now"));
            Task.Delay(SettlingStep, time, cancellationToken).GetAwaiter().GetResult();
        }
        return _store.Current(null, cancellationToken);
    }

    private void Plant(Snapshot snapshot)
    {
        if (_folder is null || _isInMemory || IsDistrusted || _store.Options.Engine != ContextOptions.OwnEngine || !HasNothing()) return;
        try
        {
            IndexSeed.TryPlant(_folder, place => IndexEngines.Make(_store.Options, place, null), snapshot);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // It is built from nothing then, or the writer meets the same refusal and says so.
        }
    }

    private IEngineWriter OpenWriter()
    {
        try
        {
            return IsDistrusted ? FreshWriter() : _engine!.OpenWriter();
        }
        catch (IOException) when (!_isInMemory && HasNothing())
        {
            lock (_gate) (_engine, IsDistrusted) = (InMemory(), false);
            return _engine.OpenWriter();
        }
    }

    // From here on an empty index takes the place of the damaged one.
    private IEngineWriter FreshWriter()
    {
        var writer = _engine!.StartOver();
        try
        {
            writer.Commit();
        }
        catch
        {
            writer.Dispose();
            throw;
        }
        lock (_gate) IsDistrusted = false;
        return writer;
    }

    // A read-only folder may still hold an index that another process left.
    private bool HasNothing()
    {
        try
        {
            return _engine!.CurrentGeneration() == 0;
        }
        catch (IndexDamagedException)
        {
            return true;
        }
    }

    private IIndexEngine InMemory()
    {
        _isInMemory = true;
        return EngineAt(new MemoryIndexFiles(), null);
    }

    private IIndexEngine EngineAt(IIndexFiles place, string? folder) => IndexEngines.Make(_store.Options, place, folder);
}
