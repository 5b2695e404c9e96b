namespace Rlm.Recursion.Models;

/// <summary>Waiting by the run's clock.</summary>
internal static class Waits
{
    /// <summary>Never ends before its time: timers count whole milliseconds, so it is rounded up.</summary>
    public static Task ForAsync(TimeSpan wait, TimeProvider time, CancellationToken cancellationToken) =>
        Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), time, cancellationToken);
}
