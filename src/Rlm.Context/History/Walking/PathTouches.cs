using Rlm.Context.Files;
using Rlm.Context.History.Indexing;
using Rlm.Context.History.Objects;

namespace Rlm.Context.History.Walking;

/// <summary>What a commit did to a path.</summary>
/// <param name="IsOwn">It differs from every parent, or there is none and it is there.</param>
/// <param name="From">The parent that has it just so; null when <paramref name="IsOwn"/>, or when it was never there.</param>
internal readonly record struct PathTouch(bool IsOwn, GitId? From)
{
    /// <summary>Whether it is known to have been there before: then nothing was renamed.</summary>
    public bool WasThere { get; init; }
}

/// <summary>Tells which commits changed a path: from the index of commits, or by what stands there in the trees of a commit and its parents.</summary>
internal sealed class PathTouches(CommitGraph graph)
{
    private readonly Dictionary<RepoPath, PathVerdicts> _indexed = [];
    private readonly Dictionary<(GitId, RepoPath), GitId?> _entries = [];

    public PathTouch Of(CommitNode node, RepoPath path)
    {
        // Without a path every commit counts; of the root folder only its tree could be compared, which merges often take over whole.
        if (path.IsRoot) return new(true, null);
        if (Indexed(node, path) is { } known) return known;
        var own = Entry(node, path);
        var parents = graph.Parents(node);
        foreach (var parent in parents)
            if (Entry(parent, path) == own) return new(false, parent.Id);
        return new(parents.Count > 0 || own is not null, null);
    }

    private PathTouch? Indexed(CommitNode node, RepoPath path)
    {
        if (graph.Index.Find(node.Id) is not (>= 0 and var place)) return null;
        if (!_indexed.TryGetValue(path, out var verdicts)) _indexed[path] = verdicts = graph.Index.Of(path);
        return verdicts.ByCommit[place] switch
        {
            PathVerdicts.Own => new(true, null) { WasThere = true },
            PathVerdicts.New => new(true, null),
            PathVerdicts.Unknown => null,
            PathVerdicts.Untouched => new(false, node.Parents is [var first, ..] ? first : null),
            var from => from - PathVerdicts.FromSecond + 1 is var parent && parent < node.Parents.Length ? new(false, node.Parents[parent]) : null,
        };
    }

    // Of the walk's two last commits each is asked twice.
    private GitId? Entry(CommitNode node, RepoPath path)
    {
        if (_entries.TryGetValue((node.Tree, path), out var known)) return known;
        if (_entries.Count > 50_000) _entries.Clear();
        return _entries[(node.Tree, path)] = graph.Objects.At(node.Tree, path)?.Id;
    }
}
