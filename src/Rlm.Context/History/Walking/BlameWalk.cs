using Rlm.Context.Files;
using Rlm.Context.History.Comparing;
using Rlm.Context.History.Objects;

namespace Rlm.Context.History.Walking;

/// <summary>
/// Finds for lines of a file the commit that last changed each: from the newest commit on, lines that a parent has too are handed to it, and what no parent has is the
/// commit's own. Renames are followed. It stops when the time is up and says how far it came.
/// </summary>
internal sealed class BlameWalk(CommitGraph graph, PathTouches touches, RevisionTexts texts, Deadline deadline, CancellationToken cancellationToken)
{
    private readonly record struct Run(int Start, int Count, int Final);

    private readonly PriorityQueue<(GitId Commit, RepoPath Path), (long, int)> _ahead = new();
    private readonly Dictionary<(GitId, RepoPath), List<Run>> _pending = [];
    private readonly RevisionTexts _texts = texts;
    private readonly Dictionary<int, BlamedLine> _lines = [];
    private CommitNode? _oldest;
    private int _pushed;

    /// <summary>The oldest commit that was looked at.</summary>
    public GitId? Oldest => _oldest?.Id;

    /// <summary>Blames lines.</summary>
    /// <param name="commit">The newest commit.</param>
    /// <param name="path">The file there.</param>
    /// <param name="lines">Pairs of a line of that file and the number that it is asked for under.</param>
    public IReadOnlyDictionary<int, BlamedLine> Blame(GitId commit, RepoPath path, IEnumerable<(int Line, int Final)> lines)
    {
        Push(commit, path, [.. lines.Select(pair => new Run(pair.Line, 1, pair.Final))]);
        while (!deadline.IsOver && _ahead.TryDequeue(out var suspect, out _))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!_pending.Remove((suspect.Commit, suspect.Path), out var runs)) continue;
            Suspect(graph.Node(suspect.Commit)!, suspect.Path, runs);
        }
        foreach (var ((reached, at), runs) in _pending)
            foreach (var run in runs)
                for (var index = 0; index < run.Count; index++) _lines[run.Final + index] = new(run.Final + index, null, at, false, reached);
        return _lines;
    }

    private void Suspect(CommitNode node, RepoPath path, List<Run> runs)
    {
        if (_oldest is null || node.Time < _oldest.Time) _oldest = node;
        var touch = touches.Of(node, path);
        if (!touch.IsOwn && touch.From is { } same)
        {
            Push(same, path, runs);
            return;
        }
        foreach (var parent in graph.Parents(node))
        {
            if (runs.Count == 0) return;
            var old = graph.Objects.At(parent.Tree, path) is null ? Renames.OldPath(graph.Objects, parent.Tree, node.Tree, path) : path;
            if (old is not { } from || _texts.Of(parent.Tree, from) is not { } before || _texts.Of(node.Tree, path) is not { } now) continue;
            var hunks = LineDiff.Compare(before.Text, now.Text);
            (var handed, runs) = Split(hunks, runs);
            Push(parent.Id, from, handed);
        }
        foreach (var run in runs)
            for (var index = 0; index < run.Count; index++) _lines[run.Final + index] = new(run.Final + index, node.Id, path, false, null);
    }

    // Lines that no hunk touches go to the parent under their old numbers.
    private static (List<Run> Handed, List<Run> Own) Split(IReadOnlyList<LineHunk> hunks, List<Run> runs)
    {
        var (handed, own) = (new List<Run>(), new List<Run>());
        runs.Sort((left, right) => left.Start.CompareTo(right.Start));
        int at = 0, shift = 0;
        foreach (var whole in runs)
        {
            var run = whole;
            while (run.Count > 0)
            {
                while (at < hunks.Count && hunks[at].NewStart + hunks[at].NewCount <= run.Start)
                {
                    shift = hunks[at].OldStart + hunks[at].OldCount - hunks[at].NewStart - hunks[at].NewCount;
                    at++;
                }
                var isOwn = at < hunks.Count && hunks[at].NewStart <= run.Start;
                var end = at == hunks.Count ? int.MaxValue : isOwn ? hunks[at].NewStart + hunks[at].NewCount : hunks[at].NewStart;
                var count = Math.Min(run.Count, end - run.Start);
                Append(isOwn ? own : handed, new(isOwn ? run.Start : run.Start + shift, count, run.Final));
                run = new(run.Start + count, run.Count - count, run.Final + count);
            }
        }
        return (handed, own);
    }

    private static void Append(List<Run> runs, Run run)
    {
        if (runs.Count > 0 && runs[^1] is var last && last.Start + last.Count == run.Start && last.Final + last.Count == run.Final) runs[^1] = last with { Count = last.Count + run.Count };
        else runs.Add(run);
    }

    private void Push(GitId commit, RepoPath path, List<Run> runs)
    {
        if (runs.Count == 0 || graph.Node(commit) is not { } node) return;
        if (_pending.TryGetValue((commit, path), out var waiting)) waiting.AddRange(runs);
        else
        {
            _pending[(commit, path)] = runs;
            _ahead.Enqueue((commit, path), (-node.Time, _pushed++));
        }
    }
}
