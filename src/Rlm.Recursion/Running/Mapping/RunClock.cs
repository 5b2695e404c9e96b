namespace Rlm.Recursion.Running.Mapping;

/// <summary>Ends calls under way when a session's seconds are over, or its run is cancelled.</summary>
internal sealed class RunClock : IDisposable
{
    private readonly CancellationTokenSource _time, _any;

    private RunClock(CancellationTokenSource time, CancellationToken cancellationToken) =>
        (_time, _any) = (time, CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken));

    /// <summary>Cancelled by either.</summary>
    public CancellationToken Token => _any.Token;

    /// <summary>Whether the seconds are over.</summary>
    public bool IsOver => _time.IsCancellationRequested;

    /// <summary>Starts it with the seconds that are left.</summary>
    public static RunClock Start(SessionRun run, CancellationToken cancellationToken)
    {
        var left = run.Session.Ledger.SecondsLeft;
        return new(left is { } some ? new(TimeSpan.FromSeconds(Math.Min(some, TimeSpan.FromDays(10).TotalSeconds)), run.Options.Time) : new(), cancellationToken);
    }

    /// <summary>Ends the calls now.</summary>
    public Task CancelAsync() => _any.CancelAsync();

    /// <inheritdoc/>
    public void Dispose()
    {
        _any.Dispose();
        _time.Dispose();
    }
}
