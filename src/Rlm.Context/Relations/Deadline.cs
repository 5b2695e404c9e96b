namespace Rlm.Context.Relations;

/// <summary>A moment to stop at, by the store's clock.</summary>
internal sealed class Deadline(TimeProvider time, TimeSpan limit)
{
    private readonly long _started = time.GetTimestamp();

    /// <summary>All of it.</summary>
    public TimeSpan Limit => limit;

    public bool IsOver() => time.GetElapsedTime(_started) > limit;

    /// <summary>How much time there is; never negative.</summary>
    public TimeSpan Left() => limit - time.GetElapsedTime(_started) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    /// <summary>Whether a share of what is left now is over, however much was used before: so that every step gets somewhere.</summary>
    public Func<bool> Share(double share)
    {
        var ends = time.GetElapsedTime(_started) + Left() * share;
        return () => time.GetElapsedTime(_started) > ends;
    }

    /// <summary>Whether more than six tenths are over.</summary>
    public bool IsMostlyOver() => time.GetElapsedTime(_started) > limit * 0.6;
}
