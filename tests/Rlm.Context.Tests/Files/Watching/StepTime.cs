namespace Rlm.Context.Tests.Files.Watching;

/// <summary>A clock that moves when told, and by a given step whenever it is looked at; timers fire on the thread that moves it.</summary>
internal sealed class StepTime(TimeSpan step) : TimeProvider
{
    private readonly List<StepTimer> _timers = [];
    private long _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How many timers wait to fire.</summary>
    public int Waiting => _timers.Count(timer => timer.Due < long.MaxValue);

    public override long GetTimestamp() => Interlocked.Add(ref _now, step.Ticks);

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddYears(60).AddTicks(GetTimestamp());

    public void Advance(TimeSpan time)
    {
        var now = Interlocked.Add(ref _now, time.Ticks);
        foreach (var timer in _timers.Where(timer => timer.Due <= now).ToArray()) timer.Fire(now);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new StepTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        _timers.Add(timer);
        return timer;
    }

    private sealed class StepTimer(StepTime time, Action callback) : ITimer
    {
        private TimeSpan _period;

        public long Due { get; private set; } = long.MaxValue;

        public void Fire(long now)
        {
            Due = _period > TimeSpan.Zero ? now + _period.Ticks : long.MaxValue;
            callback();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            Due = dueTime == Timeout.InfiniteTimeSpan ? long.MaxValue : time.GetTimestamp() + dueTime.Ticks;
            return true;
        }

        public void Dispose() => time._timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
