namespace Rlm.Recursion.Trajectories.Page;

/// <summary>Lines of a file that a session was shown, or that a claim quotes.</summary>
/// <param name="Handle">As it was recorded.</param>
/// <param name="Place">Path and lines.</param>
internal sealed record PageSlice(string Handle, Running.Leaves.Place Place)
{
    /// <summary>Its lines, from the first, if they still stand as they were read; null where they do not, or there was no room.</summary>
    public IReadOnlyList<string>? Lines { get; init; }

    /// <summary>Whether something in its lines is masked.</summary>
    public bool IsMasked { get; init; }

    /// <summary>Why there are no lines.</summary>
    public string? Why { get; init; }

    /// <summary>Sessions that were shown it, by number.</summary>
    public SortedSet<int> Readers { get; } = [];

    /// <summary>Whether a claim quotes it.</summary>
    public bool IsCited { get; set; }
}
