namespace Rlm.Context.History;

/// <summary>How long an answer may still take.</summary>
public sealed class Deadline(TimeProvider time, TimeSpan limit)
{
    private readonly long _begun = time.GetTimestamp();

    /// <summary>What a call of history may take where nothing was indexed.</summary>
    public static TimeSpan Standard { get; } = TimeSpan.FromSeconds(5);

    /// <summary>True when the time is used up.</summary>
    public bool IsOver => time.GetElapsedTime(_begun) >= limit;
}
