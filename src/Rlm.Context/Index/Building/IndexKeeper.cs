namespace Rlm.Context.Index.Building;

/// <summary>
/// Keeps the index of a store up to date on a thread of its own: builds it at first, then follows every new snapshot. It takes the one writer only while there is something
/// to write, so that of several servers on one repository whichever sees a change first writes it, and the others read.
/// </summary>
internal sealed class IndexKeeper : IDisposable
{
    private static readonly TimeSpan WhenBusy = TimeSpan.FromSeconds(5), WhenUnsettled = TimeSpan.FromSeconds(2.5), FirstRetry = TimeSpan.FromSeconds(10), LastRetry = TimeSpan.FromMinutes(5);

    private readonly ContextStore _store;
    private readonly ContextIndex _index;
    private readonly CancellationTokenSource _stop = new();
    private readonly AutoResetEvent _wake = new(true);
    private readonly Thread _thread;
    private TimeSpan _retry = FirstRetry;
    private string? _doneVersion;
    private bool _isVerified;

    public IndexKeeper(ContextStore store, ContextIndex index)
    {
        (_store, _index) = (store, index);
        _thread = new(Run) { IsBackground = true, Name = "index keeper" };
        _thread.Start();
    }

    /// <summary>Says that there may be something to do.</summary>
    public void Wake() => _wake.Set();

    /// <summary>Stops within a moment; what was not committed is done again another time.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _wake.Set();
        _thread.Join();
        _stop.Dispose();
        _wake.Dispose();
    }

    private void Run()
    {
        var wait = TimeSpan.Zero;
        while (!_stop.IsCancellationRequested)
        {
            if (wait != TimeSpan.Zero) _wake.WaitOne(wait);
            if (_stop.IsCancellationRequested) return;
            wait = Step();
        }
    }

    // What a quiet moment is good for. Building leaves garbage by the hundred megabytes, which nobody collects in a process that then does nothing.
    private void Settle()
    {
        if (_store.CurrentView() is { } view)
        {
            _store.Types.Prepare(view, _stop.Token);
            if (!_isVerified) view.Engine.Verify(_stop.Token); // what an earlier process left; later blocks are checked when they are read
            _isVerified = true;
        }
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    // How long to wait for a call to wake before the next step.
    private TimeSpan Step()
    {
        try
        {
            var snapshot = _store.Current(null, _stop.Token);
            if (snapshot.Version == _doneVersion && !_index.IsDistrusted) return Timeout.InfiniteTimeSpan;
            var isFirst = _index.View(snapshot) is null;
            var left = _index.Update(snapshot, _stop.Token);
            (_doneVersion, _retry) = (left == 0 ? snapshot.Version : null, FirstRetry);
            Settle();
            if (isFirst && snapshot.Files.Any(file => file.Language == "csharp")) _store.Binder.Warm(snapshot);
            return left == 0 ? Timeout.InfiniteTimeSpan : WhenUnsettled;
        }
        catch (OperationCanceledException)
        {
            return TimeSpan.Zero;
        }
        catch (IndexBusyException)
        {
            _index.Report(new(IndexState.Following, Note: "another process is writing the index"));
            return WhenBusy;
        }
        catch (IndexDamagedException)
        {
            _index.Distrust();
            return TimeSpan.FromMilliseconds(100);
        }
#pragma warning disable CA1031 // whatever it is, searches go on by reading files, and the status says so
        catch (Exception fault)
#pragma warning restore CA1031
        {
            _index.Report(new(IndexState.Stuck, Note: fault is IOException ? $"the index cannot be written: {fault.Message}" : $"the index cannot be built: {fault.GetType().Name}"));
            var wait = _retry;
            _retry = TimeSpan.FromTicks(Math.Min(_retry.Ticks * 2, LastRetry.Ticks));
            return wait;
        }
    }
}
