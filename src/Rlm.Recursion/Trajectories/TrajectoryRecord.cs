namespace Rlm.Recursion.Trajectories;

/// <summary>What a trajectory holds.</summary>
/// <param name="Entries">In order, by number.</param>
/// <param name="Damaged">Lines that cannot be trusted and are left out: cut by a crash, or changed since. Their numbers are missing among the entries.</param>
public sealed record TrajectoryRecord(IReadOnlyList<TrajectoryEntry> Entries, int Damaged)
{
    /// <summary>Nothing was done yet.</summary>
    public static TrajectoryRecord Empty { get; } = new([], 0);
}
