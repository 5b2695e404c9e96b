namespace Rlm.Context.Relations;

/// <summary>A moment to stop at, by the store's clock.</summary>
internal sealed class Deadline(TimeProvider time, TimeSpan limit)
{
    private readonly long _started = time.GetTimestamp();

    public bool IsOver() => time.GetElapsedTime(_started) > limit;

    /// <summary>Whether more than six tenths are over.</summary>
    public bool IsMostlyOver() => time.GetElapsedTime(_started) > limit * 0.6;
}
