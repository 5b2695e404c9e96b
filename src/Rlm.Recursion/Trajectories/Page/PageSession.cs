using Rlm.Recursion.Sessions;

namespace Rlm.Recursion.Trajectories.Page;

/// <summary>A session on the page.</summary>
/// <param name="Number">Counts from 1 in the order of the tree, a parent before its children.</param>
/// <param name="Node">The session.</param>
/// <param name="Entries">What it did, with the whole names of what it read.</param>
/// <param name="Children">Those below it, in order.</param>
internal sealed record PageSession(int Number, TrajectoryNode Node, IReadOnlyList<TrajectoryEntry> Entries, IReadOnlyList<PageSession> Children)
{
    /// <summary>How it stands.</summary>
    public SessionState State => Node.State;

    /// <summary>Where it stands on the page. Anchors are made of numbers alone, never of names from outside.</summary>
    public string Anchor => $"s{Number}";

    /// <summary>It and all below it, in the order of the tree.</summary>
    public IEnumerable<PageSession> All => Children.SelectMany(child => child.All).Prepend(this);

    /// <summary>The tree of a node.</summary>
    public static PageSession Of(TrajectoryNode node, WholeNames names, CancellationToken cancellationToken)
    {
        var number = 0;
        PageSession Numbered(TrajectoryNode one)
        {
            var own = ++number;
            return new(own, one, [.. one.Record.Entries.Select(entry => entry.Handles.Count == 0 ? entry : entry with { Handles = [.. entry.Handles.Select(handle => names.Of(handle, one.State.Scope, cancellationToken))] })], [.. one.Children.Select(Numbered)]);
        }
        return Numbered(node);
    }
}
