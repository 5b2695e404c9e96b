using System.Globalization;
using ModelContextProtocol;
using Rlm.Context.Files;

namespace Rlm.Mcp.Hosting;

/// <summary>
/// Turns a tool's reports into progress notifications: the first after a second, then at most every half second when there is news, and at
/// least every five seconds as a sign of life. Values always rise, as the protocol demands, also when a tool starts counting anew.
/// </summary>
internal sealed class ProgressNotifier : IProgress<ContextProgress>, IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);
    private const int FirstTick = 2, HeartbeatTicks = 10;
    private const float Step = 0.001f;

    private readonly Func<ProgressNotificationValue, CancellationToken, Task> _send;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly Task _loop;
    private ContextProgress _latest = new(0, 0, "working");
    private double _offset;
    private float _sent;
    private bool _news;

    /// <summary>Starts the clock.</summary>
    /// <param name="send">Sends one notification.</param>
    /// <param name="time">The clock.</param>
    public ProgressNotifier(Func<ProgressNotificationValue, CancellationToken, Task> send, TimeProvider time)
    {
        _send = send;
        _loop = NotifyAsync(time);
    }

    /// <inheritdoc/>
    public void Report(ContextProgress value)
    {
        lock (_gate)
        {
            if (value.What != _latest.What || value.Done < _latest.Done) _offset = Math.Max(_sent, _offset + _latest.Done);
            _latest = value;
            _news = true;
        }
    }

    /// <summary>Ends it: nothing is sent after this.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task NotifyAsync(TimeProvider time)
    {
        try
        {
            using var timer = new PeriodicTimer(Tick, time);
            for (var (tick, last) = (1, FirstTick - HeartbeatTicks); await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false); tick++)
            {
                if (Next(tick, due: tick - last >= HeartbeatTicks) is not { } value) continue;
                last = tick;
                await _send(value, _stop.Token).ConfigureAwait(false);
            }
        }
        catch (Exception)
        {
            // Stopped, or the client is gone; either way a notification is no reason to fail a call.
        }
    }

    private ProgressNotificationValue? Next(int tick, bool due)
    {
        lock (_gate)
        {
            if (tick < FirstTick || (!_news && !due)) return null;
            _news = false;
            _sent = Math.Max((float)(_offset + _latest.Done), Math.Max(_sent + Step, MathF.BitIncrement(_sent))); // a large float swallows the step
            return new()
            {
                Progress = _sent,
                Total = _latest.Total > 0 ? (float)(_offset + _latest.Total) : null,
                Message = Message(_latest),
            };
        }
    }

    private static string Message(ContextProgress progress) => Counts(progress) + (progress.Detail is null ? "" : $" ({progress.Detail})");

    private static string Counts(ContextProgress progress) => progress switch
    {
        { Total: > 0 } => string.Create(CultureInfo.InvariantCulture, $"{progress.What}: {progress.Done:N0} of {progress.Total:N0} {progress.Counted ?? "files"}"),
        { Done: > 0 } => string.Create(CultureInfo.InvariantCulture, $"{progress.What}: {progress.Done:N0} {progress.Counted ?? "files"}"),
        _ => progress.What,
    };
}
