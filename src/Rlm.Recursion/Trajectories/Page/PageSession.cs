using Rlm.Recursion.Sessions;

namespace Rlm.Recursion.Trajectories.Page;

/// <summary>A session on the page.</summary>
/// <param name="Number">Counts from 1 in the order of the tree, a parent before its children.</param>
/// <param name="Node">The session.</param>
/// <param name="Children">Those below it, in order.</param>
internal sealed record PageSession(int Number, TrajectoryNode Node, IReadOnlyList<PageSession> Children)
{
    /// <summary>How it stands.</summary>
    public SessionState State => Node.State;

    /// <summary>What it did.</summary>
    public IReadOnlyList<TrajectoryEntry> Entries => Node.Record.Entries;

    /// <summary>Where it stands on the page. Anchors are made of numbers alone, never of names from outside.</summary>
    public string Anchor => $"s{Number}";

    /// <summary>It and all below it, in the order of the tree.</summary>
    public IEnumerable<PageSession> All => Children.SelectMany(child => child.All).Prepend(this);

    /// <summary>The tree of a node.</summary>
    public static PageSession Of(TrajectoryNode node)
    {
        var number = 0;
        PageSession Numbered(TrajectoryNode one)
        {
            var own = ++number;
            return new(own, one, [.. one.Children.Select(Numbered)]);
        }
        return Numbered(node);
    }
}
