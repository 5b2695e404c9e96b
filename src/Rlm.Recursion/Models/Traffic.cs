using Rlm.Recursion.Budget;

namespace Rlm.Recursion.Models;

/// <summary>What all model calls of one run share, whatever their model: how many may be under way, and one back-off. Safe to use from many threads.</summary>
public sealed class Traffic : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);
    private readonly SemaphoreSlim _places;
    private readonly TimeProvider _time;
    private readonly Func<double> _random;
    private readonly Lock _gate = new();
    private long _notBefore = long.MinValue;
    private int _sending;
    private TaskCompletionSource _nextEnd = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>For one tree of sessions.</summary>
    /// <param name="width">Calls under way at once, at least 1.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">Gives 0 to 1 for jitter; null for a real one.</param>
    public Traffic(int width, TimeProvider time, Func<double>? random = null) =>
        (_places, _time, _random) = (new(Math.Max(1, width)), time, random ?? Random.Shared.NextDouble);

    /// <summary>Waits for a place among the calls under way; dispose what comes back to give it up.</summary>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Ending(() => _places.Release());
    }

    /// <summary>Reserves for a request and counts it as sent until what comes back is disposed of, in one step: nobody sees a reservation without its request.</summary>
    /// <param name="reserve">Sets the worst case aside, or throws.</param>
    /// <param name="next">Where there is no room now: ends with the next request under way, which may make some.</param>
    /// <exception cref="BudgetSpentException">There is no room, and none is under way that could make it.</exception>
    internal (Reservation Reservation, IDisposable Sending)? TryBegin(Func<Reservation> reserve, out Task next)
    {
        lock (_gate)
        {
            next = _nextEnd.Task;
            try
            {
                var reservation = reserve();
                _sending++;
                return (reservation, new Ending(EndSending));
            }
            catch (BudgetSpentException spent) when (spent.Kind is "tokens" or "usd" && _sending > 0)
            {
                return null;
            }
        }
    }

    /// <summary>How long nothing may be sent; zero when the way is free.</summary>
    public TimeSpan Pause()
    {
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            return _notBefore <= now ? TimeSpan.Zero : _time.GetElapsedTime(now, _notBefore);
        }
    }

    /// <summary>Waits until the way is free, and a little longer, so that those who wait do not all start at once.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        for (var pause = Pause(); pause > TimeSpan.Zero; pause = Pause())
            await Waits.ForAsync(pause + (_random() * Spread(pause)), _time, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Keeps all calls back for so long from now.</summary>
    public void HoldBack(TimeSpan wait)
    {
        lock (_gate) _notBefore = Math.Max(_notBefore, _time.GetTimestamp() + (long)(wait.TotalSeconds * _time.TimestampFrequency) + 1);
    }

    /// <summary>How long to wait before another try: never less than the service asked for; else 1 s, 2 s…, each with up to a quarter more.</summary>
    /// <param name="tries">Tries that failed, from 1.</param>
    /// <param name="retryAfter">What the service asked for.</param>
    public TimeSpan Backoff(int tries, TimeSpan? retryAfter)
    {
        var wait = retryAfter ?? TimeSpan.FromSeconds(1 << Math.Min(tries - 1, 5));
        return wait > Longest ? Longest : wait + (_random() * Spread(wait));
    }

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();

    private static TimeSpan Spread(TimeSpan wait) => wait / 4 < TimeSpan.FromSeconds(5) ? wait / 4 : TimeSpan.FromSeconds(5);

    private void EndSending()
    {
        TaskCompletionSource ended;
        lock (_gate)
        {
            _sending--;
            (ended, _nextEnd) = (_nextEnd, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        ended.SetResult();
    }

    private sealed class Ending(Action end) : IDisposable
    {
        private Action? _end = end;

        public void Dispose() => Interlocked.Exchange(ref _end, null)?.Invoke();
    }
}
