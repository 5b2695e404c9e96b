namespace Rlm.Context.Files;

/// <summary>How far a walk or scan has come.</summary>
/// <param name="Done">Files done.</param>
/// <param name="Total">Files in all; 0 while unknown.</param>
/// <param name="What">What is being done, for people: <c>walking</c>, <c>searching</c>.</param>
public readonly record struct ContextProgress(long Done, long Total, string What)
{
    /// <summary>What is counted, for people; null for files.</summary>
    public string? Counted { get; init; }

    /// <summary>What else there is to say, such as the cost so far; null for nothing.</summary>
    public string? Detail { get; init; }
}
