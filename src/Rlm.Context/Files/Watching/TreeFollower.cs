using System.Diagnostics.CodeAnalysis;

namespace Rlm.Context.Files.Watching;

/// <summary>
/// Keeps a snapshot true to the disk. With a live watch an answer costs one read of the watch's queue and a walk of the folders in which something happened; a
/// full walk in the background backs it, since a watch does not see all (writes through a memory map or another name of the file, mounts). Without one, the tree
/// is walked for every answer as long as that is cheap, else at most every two seconds, and the answer states the age. Safe for many threads at once.
/// </summary>
internal sealed class TreeFollower : IDisposable
{
    // A rescan that is cheap is made for every answer; a dear one at most every two seconds, and the answer states the age.
    private static readonly TimeSpan CheapScan = TimeSpan.FromMilliseconds(50), LongestAge = TimeSpan.FromSeconds(2);

    // No answer rests on events alone for longer than LongestTrust: in use, a walk in the background begins before that, and after a pause the first answer waits for one.
    private static readonly TimeSpan LongestTrust = TimeSpan.FromSeconds(30), BackgroundWalkAfter = TimeSpan.FromSeconds(24), InUse = TimeSpan.FromMinutes(2);

    // Commands that answer once are over before a watch would begin.
    private static readonly TimeSpan WatchAfter = TimeSpan.FromMilliseconds(500), Tick = TimeSpan.FromSeconds(2), TryAgainAfter = TimeSpan.FromMinutes(10);

    private readonly RootFolder _root;
    private readonly ContextOptions _options;
    private readonly Lock _gate = new(), _background = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ITimer _timer;
    private volatile Snapshot? _latest;
    private FolderWatch? _watch;
    private bool _isLive, _isTicking, _isWalking, _isDisposed;
    private string _reason = "no call has been made yet";
    private long _walkedAt, _usedAt, _failedAt;
    private TimeSpan _walkTook;

    /// <summary>Reads nothing yet.</summary>
    public TreeFollower(RootFolder root, ContextOptions options)
    {
        (_root, _options) = (root, options);
        _timer = options.Time.CreateTimer(_ => OnTick(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        if (!options.Watches) _reason = "switched off";
    }

    /// <summary>The last snapshot given out; null when there was none.</summary>
    public Snapshot? Latest => _latest;

    /// <summary>Whether folders are watched.</summary>
    public WatchState State
    {
        get
        {
            lock (_gate) return new(_isLive, _isLive ? $"{_watch!.Count} folders" : _reason);
        }
    }

    /// <summary>Begins to watch now rather than half a second after the first answer, and says what came of it. Time: one walk.</summary>
    public WatchState TryToWatch()
    {
        lock (_background) OnTick();
        return State;
    }

    /// <summary>The snapshot to answer from; <see cref="Snapshot.AsOf"/> says how fresh it is.</summary>
    /// <exception cref="RootAccessException">The root itself cannot be listed.</exception>
    public Snapshot Current(IProgress<ContextProgress>? progress, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _usedAt = _options.Time.GetTimestamp();
            var snapshot = _isLive ? Followed(progress, cancellationToken) : Scanned(progress, cancellationToken);
            KeepTicking();
            return snapshot;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed) return;
            _isDisposed = true;
            _timer.Dispose();
            _stop.Cancel();
        }
        lock (_background) // the walk there, if any, has ended
        {
            StopWatching("closed");
            _stop.Dispose();
        }
    }

    private Snapshot Scanned(IProgress<ContextProgress>? progress, CancellationToken cancellationToken)
    {
        if (_latest is not null && _walkTook > CheapScan && Elapsed(_walkedAt) < LongestAge) return _latest;
        var started = _options.Time.GetTimestamp();
        _latest = Walker.Walk(_root, _options, _latest, progress, cancellationToken);
        _walkTook = Elapsed(started);
        _walkedAt = started;
        return _latest;
    }

    private Snapshot Followed(IProgress<ContextProgress>? progress, CancellationToken cancellationToken)
    {
        var asOf = _options.Time.GetUtcNow();
        var dirty = _watch!.Take();
        if (_watch.Fault is { } fault)
        {
            StopWatching(fault);
            return Scanned(progress, cancellationToken);
        }
        foreach (var folder in _latest!.Memory!.Unsettled) dirty.Add(folder);
        if (!_isWalking && Elapsed(_walkedAt) > LongestTrust) dirty.AddAll();
        if (dirty.IsEmpty) _latest.Confirm(asOf);
        else _latest = WalkAgain(_watch, _latest, dirty, progress, cancellationToken);
        return _latest;
    }

    private Snapshot WalkAgain(FolderWatch watch, Snapshot before, DirtyFolders dirty, IProgress<ContextProgress>? progress, CancellationToken cancellationToken)
    {
        var started = _options.Time.GetTimestamp();
        try
        {
            var snapshot = Walker.Walk(_root, _options, before, dirty, watch, progress, cancellationToken);
            if (dirty.IsAll) _walkedAt = started;
            return snapshot;
        }
        catch
        {
            watch.PutBack(dirty); // the next answer must see them
            throw;
        }
    }

    private void KeepTicking()
    {
        if (_isTicking || !_options.Watches || (_failedAt != 0 && Elapsed(_failedAt) < TryAgainAfter)) return;
        _isTicking = true;
        _timer.Change(_isLive ? Tick : WatchAfter, Tick);
    }

    private void StopTicking()
    {
        _isTicking = false;
        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private void OnTick()
    {
        if (!_background.TryEnter()) return; // the tick before is still walking
        try
        {
            if (Begin() is { } work) Walk(work.Watch, work.Before);
        }
        finally
        {
            _background.Exit();
        }
    }

    /// <summary>What a walk in the background begins with; null when none is due.</summary>
    private (FolderWatch Watch, Snapshot Before)? Begin()
    {
        if (!_gate.TryEnter()) return null; // an answer is under way, and takes what has happened itself
        try
        {
            if (_isDisposed) return null;
            if (Elapsed(_usedAt) > InUse) StopTicking(); // the kernel keeps the news; should it be too much, it says so
            else if (_isLive) _watch!.Drain();
            if (!_isTicking || (_isLive && Elapsed(_walkedAt) < BackgroundWalkAfter)) return null;
            _watch ??= OpenWatch();
            if (_watch is null) return null;
            _watch.StartRecording();
            _isWalking = true;
            return (_watch, _latest!);
        }
        finally
        {
            _gate.Exit();
        }
    }

    private FolderWatch? OpenWatch()
    {
        var watch = FolderWatch.TryOpen(_root, out var fault);
        if (watch is null) StopWatching(fault);
        return watch;
    }

    /// <summary>Walks all while answers go on; what happened meanwhile is then walked once more.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "An exception that left a timer's callback would end the process; here it ends the watch, and the next answer's own walk meets it again.")]
    private void Walk(FolderWatch watch, Snapshot before)
    {
        var started = _options.Time.GetTimestamp();
        Snapshot? full = null;
        string? fault = null;
        try
        {
            full = Walker.Walk(_root, _options, before, DirtyFolders.Everything, watch, null, _stop.Token);
        }
        catch (Exception exception)
        {
            fault = $"a walk in the background failed ({exception.GetType().Name})";
        }
        lock (_gate)
        {
            _isWalking = false;
            if (_isDisposed || _watch != watch) return;
            try
            {
                if (full is not null && (fault = watch.Fault) is null) Adopt(watch, full, started);
            }
            catch (Exception exception)
            {
                fault = $"a walk in the background failed ({exception.GetType().Name})";
            }
            if (fault is not null) StopWatching(fault);
        }
    }

    private void Adopt(FolderWatch watch, Snapshot full, long started)
    {
        var asOf = _options.Time.GetUtcNow();
        var dirty = watch.StopRecording();
        if (dirty.IsEmpty) full.Confirm(asOf);
        else full = WalkAgain(watch, full, dirty, null, _stop.Token);
        (_latest, _isLive, _walkedAt, _failedAt) = (full, true, started, 0);
        watch.KeepOnly(full.Memory!.Folders());
    }

    private void StopWatching(string reason)
    {
        _watch?.Dispose();
        (_watch, _isLive, _reason, _failedAt) = (null, false, reason, _options.Time.GetTimestamp());
        _walkTook = TimeSpan.Zero; // nothing is known of the time since the last event: the next answer walks
        if (!_isDisposed) StopTicking();
    }

    private TimeSpan Elapsed(long since) => _options.Time.GetElapsedTime(since);
}
