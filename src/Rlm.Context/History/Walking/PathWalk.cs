using Rlm.Context.Files;
using Rlm.Context.History.Objects;

namespace Rlm.Context.History.Walking;

/// <summary>
/// Walks back from a commit along one path and gives the commits that changed it, newest first, following renames of files. A merge that took the path unchanged from one
/// parent leads to that parent alone, as in <c>git log</c>; one that differs from all its parents is listed and leads to each.
/// </summary>
internal sealed class PathWalk(CommitGraph graph, PathTouches touches, Deadline deadline, CancellationToken cancellationToken)
{
    private readonly PriorityQueue<WalkPlace, (long, int)> _ahead = new();
    private readonly HashSet<(GitId, RepoPath)> _seen = [];
    private CommitNode? _oldest;

    /// <summary>The commits.</summary>
    /// <param name="starts">Where to begin, or to go on.</param>
    /// <param name="until">Commits before this moment, seconds since 1970, are left out and not walked past; null for all.</param>
    /// <param name="within">The only commits to list; null for all.</param>
    public WalkResult<PathStep> Run(IEnumerable<WalkPlace> starts, long? until, IReadOnlySet<GitId>? within = null)
    {
        foreach (var start in starts) Push(start.Commit, start.Path);
        var found = new List<PathStep>();
        while (!deadline.IsOver && _ahead.TryDequeue(out var place, out _))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var node = graph.Node(place.Commit)!;
            if (node.Time < until || within?.Contains(node.Id) == false) continue;
            if (_oldest is null || node.Time < _oldest.Time) _oldest = node;
            var touch = touches.Of(node, place.Path);
            if (!touch.IsOwn)
            {
                if (touch.From is { } parent) Push(parent, place.Path);
                continue;
            }
            var old = touch.WasThere ? null : OldPath(node, place.Path);
            found.Add(new(node.Id, place.Path, old));
            foreach (var from in graph.Parents(node)) Push(from.Id, old ?? place.Path);
        }
        return new(found, [.. _ahead.UnorderedItems.Select(item => item.Element)], _oldest?.Id, graph.MetBorder);
    }

    private void Push(GitId commit, RepoPath path)
    {
        if (!_seen.Add((commit, path)) || graph.Node(commit) is not { } node) return;
        _ahead.Enqueue(new(commit, path, null), (-node.Time, _seen.Count));
    }

    private RepoPath? OldPath(CommitNode node, RepoPath path) => graph.Parents(node) is [var parent, ..] ? Renames.OldPath(graph.Objects, parent.Tree, node.Tree, path) : null;
}
