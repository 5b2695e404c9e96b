namespace Rlm.Context.Tests.Index;

/// <summary>A clock that is ahead of the file system's, so that every file was written long ago.</summary>
internal sealed class LaterTime : TimeProvider
{
    private long _ticks;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddMinutes(5) + TimeSpan.FromTicks(Interlocked.Read(ref _ticks));

    public override long GetTimestamp() => System.GetTimestamp() + Interlocked.Read(ref _ticks) * System.TimestampFrequency / TimeSpan.TicksPerSecond;

    /// <summary>Lets time pass.</summary>
    public void Pass(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);
}
