using Rlm.Recursion.Sessions;
using Rlm.Recursion.Trajectories;

namespace Rlm.Recursion;

public sealed partial class RecursionEngine
{
    /// <summary>A session and those below it, each before its children, in the order in which they were asked for: for who watches them run.</summary>
    /// <param name="id">The topmost.</param>
    /// <param name="ended">Sessions that were seen to have ended, which are not read from the disk again; grows.</param>
    public IReadOnlyList<SessionGlance> Watch(string id, IDictionary<string, SessionState> ended)
    {
        var all = new List<SessionGlance>();
        Watch(id, 0, ended, all);
        return all;
    }

    /// <summary>A session with what it and those below it did; null when it is not kept.</summary>
    public TrajectoryNode? Trajectories(string id) => TrajectoryNode.Load(id, _store);

    /// <summary>Whether some process works at it, or it waits for the client; one that a crash cut short says that it runs until somebody goes on with it.</summary>
    public bool IsAlive(SessionSummary session)
    {
        if (session.Status != SessionStatus.Running || _live.Find(session.Id) is not null) return session.Status is SessionStatus.Running or SessionStatus.NeedsHost;
        using var right = _store.TryLock(session.Id);
        return right is null;
    }

    private void Watch(string id, int level, IDictionary<string, SessionState> ended, List<SessionGlance> all)
    {
        var live = _live.Find(id)?.Session;
        if ((ended.TryGetValue(id, out var known) ? known : live?.State ?? _store.Load(id)) is not { } state || level > 2 * RecursionOptions.HardDepth) return;
        if (state.IsEnded) ended[id] = state;
        all.Add(new(state, level, state.IsEnded ? null : live?.Trajectory.Latest));
        foreach (var child in state.Children) Watch(child, level + 1, ended, all);
    }
}
