using System.Diagnostics;

namespace Rlm.Recursion.Programs.BuiltIn;

/// <summary>The time of one program as the worker itself keeps it, host calls not counted; the host ends a worker that does not keep to it.</summary>
internal sealed class SoftTime
{
    // Of the program at hand, which owns what it ends.
    private Action<TimeSpan> _endAfter = _ => { };
    private Action _end = () => { };
    private TimeSpan _left;
    private long _since;

    /// <summary>Begins the time of a program; the caller disposes of it.</summary>
    public CancellationTokenSource Begin(TimeSpan time)
    {
        (_left, _since) = (time, Stopwatch.GetTimestamp());
        var over = new CancellationTokenSource(time);
        (_endAfter, _end) = (over.CancelAfter, over.Cancel);
        return over;
    }

    /// <summary>Halts it.</summary>
    public void Pause()
    {
        _left -= Stopwatch.GetElapsedTime(_since);
        _endAfter(Timeout.InfiniteTimeSpan);
    }

    /// <summary>Lets it go on, with no more than the host says is left: what the pipes take is in its account only.</summary>
    public void Resume(TimeSpan left)
    {
        if (left < _left) _left = left;
        _since = Stopwatch.GetTimestamp();
        // At once where it is over: with many short calls the timer would be halted again before it strikes.
        if (_left > TimeSpan.Zero) _endAfter(_left);
        else _end();
    }
}
