using System.Diagnostics;

namespace Rlm.Recursion.Programs.Workers;

/// <summary>Ends a worker when its time is over or it is no longer wanted. The time can be halted.</summary>
internal sealed class Watchdog : IDisposable
{
    private readonly WorkerProcess _process;
    private readonly CancellationTokenSource _time = new();
    private readonly CancellationTokenRegistration _ending, _cancelling;
    private TimeSpan _left;
    private long _since = Stopwatch.GetTimestamp();

    public Watchdog(WorkerProcess process, TimeSpan time, CancellationToken cancellationToken)
    {
        (_process, _left) = (process, time);
        _ending = _time.Token.Register(_process.End);
        _cancelling = cancellationToken.Register(_process.End);
        _time.CancelAfter(time);
    }

    /// <summary>Whether the time was over.</summary>
    public bool IsOver => _time.IsCancellationRequested;

    /// <summary>What was left when the time was last halted.</summary>
    public TimeSpan Left => _left;

    /// <summary>Halts the time.</summary>
    public void Pause()
    {
        _left -= Stopwatch.GetElapsedTime(_since);
        _time.CancelAfter(Timeout.InfiniteTimeSpan);
    }

    /// <summary>Lets it go on.</summary>
    public void Resume()
    {
        _since = Stopwatch.GetTimestamp();
        _time.CancelAfter(_left > TimeSpan.Zero ? _left : TimeSpan.Zero);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ending.Dispose();
        _cancelling.Dispose();
        _time.Dispose();
    }
}
