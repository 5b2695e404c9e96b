using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Rlm.Context.Search.Matching;

/// <summary>
/// The time that one search may lose to a regular expression on which the matcher is slow, over all threads. Only what is lost counts: time beyond what the bytes
/// would take at a slow but honest pace, so a long search that moves on is never cut; and only as far as the process was given a processor, so a busy machine cuts none either.
/// </summary>
internal sealed class MatchBudget
{
    /// <summary>Longest time in one file, or in one block of a large one, with a matcher that may run away.</summary>
    public static readonly TimeSpan FileLimit = TimeSpan.FromSeconds(1);

    /// <summary>The same with the linear matcher, which needs it only for the worst of patterns on the longest of lines.</summary>
    public static readonly TimeSpan LinearFileLimit = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan LossLimit = TimeSpan.FromSeconds(3);

    // Below any pattern that .NET matches in linear time, above what runs away.
    private const double HonestBytesPerSecond = 2e6;

    private readonly Lock _lock = new();
    private readonly TimeSpan _processorAtStart = Environment.CpuUsage.TotalTime;
    private long _bytes;
    private TimeSpan _over;
    private long _lostTicks;

    /// <summary>Lost so far.</summary>
    public TimeSpan Lost => TimeSpan.FromTicks(Interlocked.Read(ref _lostTicks));

    /// <summary>Stands at the start of a file.</summary>
    /// <exception cref="RegexMatchTimeoutException">The search has lost too much time already.</exception>
    public void ThrowIfSpent()
    {
        if (Lost > LossLimit) throw new RegexMatchTimeoutException();
    }

    /// <summary>Counts what was lost on some bytes since a time stamp.</summary>
    public void Charge(long started, long bytes)
    {
        var done = Interlocked.Add(ref _bytes, bytes);
        var over = Stopwatch.GetElapsedTime(started) - TimeFor(bytes);
        if (over <= TimeSpan.Zero) return;
        lock (_lock)
        {
            _over += over;
            var processor = Environment.CpuUsage.TotalTime - _processorAtStart - TimeFor(done);
            var lost = processor < _over ? processor : _over;
            if (lost > Lost) Interlocked.Exchange(ref _lostTicks, lost.Ticks);
        }
    }

    private static TimeSpan TimeFor(long bytes) => TimeSpan.FromSeconds(bytes / HonestBytesPerSecond);
}
