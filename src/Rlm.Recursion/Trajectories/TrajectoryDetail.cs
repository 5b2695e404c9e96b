namespace Rlm.Recursion.Trajectories;

/// <summary>How much of a tree is shown, most first.</summary>
internal enum TrajectoryDetail
{
    /// <summary>Every entry with all its handles.</summary>
    Full,
    /// <summary>Every entry with two handles.</summary>
    Entries,
    /// <summary>Of each session how many entries of each kind.</summary>
    Counts,
    /// <summary>The sessions.</summary>
    Sessions,
}
