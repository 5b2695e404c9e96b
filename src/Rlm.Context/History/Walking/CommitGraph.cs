using Rlm.Context.History.Indexing;
using Rlm.Context.History.Objects;
using Rlm.Context.History.Opening;

namespace Rlm.Context.History.Walking;

/// <summary>The commits of a repository as a graph, as one call walks it: looked up once each. In a shallow clone the commits at the border have no parents.</summary>
internal sealed class CommitGraph(GitObjects objects, GitRefs refs, CommitIndex index)
{
    private readonly Dictionary<GitId, CommitNode?> _nodes = [];
    private readonly IReadOnlySet<GitId> _shallow = refs.Shallow();

    /// <summary>Whether the clone is shallow.</summary>
    public bool IsShallow => _shallow.Count > 0;

    /// <summary>Whether some commit met was a shallow border, or a parent that is not there: what is older is unknown.</summary>
    public bool MetBorder { get; private set; }

    public GitObjects Objects { get; } = objects;

    /// <summary>Commits that need not be looked up in the repository.</summary>
    public CommitIndex Index { get; } = index;

    /// <summary>A commit with those of its parents that are there; null when it is not there itself.</summary>
    public CommitNode? Node(GitId id)
    {
        if (_nodes.TryGetValue(id, out var node)) return node;
        node = Index.Find(id) is var place and >= 0 ? Index.Node(place) : Objects.Node(id);
        if (node is not null && _shallow.Contains(id))
        {
            MetBorder = true;
            node = node with { Parents = [] };
        }
        else if (node is null) MetBorder = true;
        _nodes[id] = node;
        return node;
    }

    /// <summary>The parents that are there.</summary>
    public IReadOnlyList<CommitNode> Parents(CommitNode node) => [.. node.Parents.Select(Node).OfType<CommitNode>()];
}
