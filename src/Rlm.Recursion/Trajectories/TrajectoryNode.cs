using Rlm.Recursion.Sessions;

namespace Rlm.Recursion.Trajectories;

/// <summary>A session with what it did, and those below it.</summary>
/// <param name="State">The session.</param>
/// <param name="Record">What it did.</param>
/// <param name="Children">In order.</param>
/// <param name="Missing">Children that are not kept.</param>
public sealed record TrajectoryNode(SessionState State, TrajectoryRecord Record, IReadOnlyList<TrajectoryNode> Children, int Missing)
{
    /// <summary>The tree below a session; null when it is not kept. A session that was met before (files can be edited) is not entered again.</summary>
    public static TrajectoryNode? Load(string id, SessionStore store) => Load(id, store, new(StringComparer.Ordinal), 0);

    private static TrajectoryNode? Load(string id, SessionStore store, HashSet<string> met, int depth)
    {
        if (depth > 2 * RecursionOptions.HardDepth || !met.Add(id) || store.Load(id) is not { } state) return null;
        var children = state.Children.Select(child => Load(child, store, met, depth + 1)).OfType<TrajectoryNode>().ToArray();
        return new(state, store.ReadTrajectory(id), children, state.Children.Count - children.Length);
    }
}
