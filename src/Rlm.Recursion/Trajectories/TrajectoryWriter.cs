namespace Rlm.Recursion.Trajectories;

/// <summary>Appends what one session does to its trajectory. Safe to use from many threads.</summary>
public abstract class TrajectoryWriter
{
    /// <summary>Gives the entry its number and appends it, redacted; it survives a crash of the process when this returns.</summary>
    public abstract TrajectoryEntry Append(TrajectoryEntry entry);

    /// <summary>What was appended last by this process, without its reply unless that is an error's; null before that, or where nobody asks.</summary>
    public virtual TrajectoryEntry? Latest => null;
}
