namespace Rlm.Mcp.Hosting;

/// <summary>
/// Gives memory back to the system after calls: what they leave is garbage by the hundred megabytes, which the runtime does not collect in a process that then does nothing.
/// </summary>
/// <param name="quiet">How long nothing must have been called.</param>
/// <param name="time">The clock.</param>
/// <param name="isBusy">Whether a call is at work, which ends with a call of <see cref="CallEnded"/>.</param>
#pragma warning disable CA1001 // Its timer ends with the host, by Stop: calls that were given up may still end after that.
internal sealed class MemoryReturn(TimeSpan quiet, TimeProvider time, Func<bool> isBusy)
#pragma warning restore CA1001
{
    private readonly Lock _gate = new();
    private ITimer? _timer;
    private bool _isStopped;

    /// <summary>To be called after every call.</summary>
    public void CallEnded()
    {
        lock (_gate)
        {
            if (_isStopped) return;
            _timer ??= time.CreateTimer(_ => Collect(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(quiet, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Collects no more.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _isStopped = true;
            _timer?.Dispose();
        }
    }

    private void Collect()
    {
        if (!isBusy()) GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
