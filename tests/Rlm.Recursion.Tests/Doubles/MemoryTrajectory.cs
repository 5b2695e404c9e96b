using Rlm.Recursion.Trajectories;

namespace Rlm.Recursion.Tests.Doubles;

public sealed class MemoryTrajectory : TrajectoryWriter
{
    private readonly Lock _gate = new();

    public List<TrajectoryEntry> Entries { get; } = [];

    public override TrajectoryEntry Append(TrajectoryEntry entry)
    {
        lock (_gate)
        {
            Entries.Add(entry with { Seq = Entries.Count + 1 });
            return Entries[^1];
        }
    }
}
