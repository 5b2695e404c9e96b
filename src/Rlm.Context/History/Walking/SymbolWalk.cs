using Rlm.Context.Files;
using Rlm.Context.History.Comparing;
using Rlm.Context.History.Objects;

namespace Rlm.Context.History.Walking;

/// <summary>
/// Walks back from lines of a file and gives the commits that changed them, newest first: at each commit that changed the file the lines are carried over to its parents by
/// the difference of the texts. Where their edges were changed too, or all of them are new, the symbol that they were is looked for in the old outline, then in other
/// files that the commit took something from.
/// </summary>
internal sealed class SymbolWalk(CommitGraph graph, PathTouches touches, RevisionTexts texts, Deadline deadline, CancellationToken cancellationToken)
{
    private readonly PriorityQueue<WalkPlace, (long, int)> _ahead = new();
    private readonly HashSet<WalkPlace> _seen = [];
    private readonly RevisionTexts _texts = texts;
    private readonly List<PathStep> _found = [];
    private CommitNode? _oldest;

    /// <summary>The commits.</summary>
    public WalkResult<PathStep> Run(IEnumerable<WalkPlace> starts, long? until)
    {
        foreach (var start in starts) Push(start);
        while (!deadline.IsOver && _ahead.TryDequeue(out var place, out _))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var node = graph.Node(place.Commit)!;
            if (node.Time < until) continue;
            if (_oldest is null || node.Time < _oldest.Time) _oldest = node;
            var touch = touches.Of(node, place.Path);
            if (touch.IsOwn) Touched(node, place);
            else if (touch.From is { } parent) Push(place with { Commit = parent });
        }
        return new([.. _found.DistinctBy(step => step.Commit)], [.. _ahead.UnorderedItems.Select(item => item.Element)], _oldest?.Id, graph.MetBorder);
    }

    // A commit changed the lines when they differ from those of every parent.
    private void Touched(CommitNode node, WalkPlace place)
    {
        var isOwn = true;
        RepoPath? from = null;
        foreach (var parent in graph.Parents(node))
        {
            var path = graph.Objects.At(parent.Tree, place.Path) is null ? Renames.OldPath(graph.Objects, parent.Tree, node.Tree, place.Path) : place.Path;
            if (path is { } known && _texts.Standing(parent.Tree, known, node.Tree, place.Path, place.Lines!.Value) is { } stands)
            {
                isOwn = false;
                Push(new(parent.Id, known, stands));
                continue;
            }
            // A text that is not in this clone, or too large: the commit is told, and nothing older.
            if (_texts.Of(node.Tree, place.Path) is not { } now) break;
            if (path is null || _texts.Of(parent.Tree, path.Value) is not { } old)
            {
                if (new SymbolMove(graph.Objects, _texts, cancellationToken).Find(parent.Tree, node.Tree, place, now) is { } moved) Push(new(parent.Id, (from = moved.Path).Value, moved.Lines));
                continue;
            }
            if (path != place.Path) from = path;
            var hunks = LineDiff.Compare(old.Text, now.Text);
            if (!LineTracking.Touches(hunks, place.Lines!.Value))
            {
                isOwn = false;
                Push(new(parent.Id, path.Value, LineTracking.Old(hunks, place.Lines.Value)));
            }
            else if (OldLines(hunks, place, now, path.Value, old) is { } lines) Push(new(parent.Id, path.Value, lines));
            else if (new SymbolMove(graph.Objects, _texts, cancellationToken).Find(parent.Tree, node.Tree, place, now) is { } moved) Push(new(parent.Id, (from = moved.Path).Value, moved.Lines));
        }
        if (isOwn) _found.Add(new(node.Id, place.Path, from));
    }

    private LineRange? OldLines(IReadOnlyList<LineHunk> hunks, WalkPlace place, (GitId, TextVersion) now, RepoPath oldPath, (GitId, TextVersion Text) old)
    {
        var lines = place.Lines!.Value;
        var mapped = LineTracking.Old(hunks, lines);
        if (LineTracking.Old(hunks, lines.Start) is not null && LineTracking.Old(hunks, lines.End) is not null) return mapped;
        if (_texts.Outline(now, place.Path, cancellationToken).All.FirstOrDefault(symbol => symbol.Range == lines) is not { } symbol) return mapped;
        var before = _texts.Outline(old, oldPath, cancellationToken);
        if (before.All.FirstOrDefault(candidate => candidate.Path == symbol.Path) is { } same) return same.Range;
        if (mapped is not { } kept) return null;
        // The same symbol under another name: of its kind, and around the lines that stayed.
        return before.Enclosing(kept.Start, candidate => candidate.Kind == symbol.Kind && candidate.Range.Contains(kept))?.Range ?? kept;
    }

    private void Push(WalkPlace place)
    {
        if (place.Lines is null || graph.Node(place.Commit) is not { } node || !_seen.Add(place)) return;
        _ahead.Enqueue(place, (-node.Time, _seen.Count));
    }
}
