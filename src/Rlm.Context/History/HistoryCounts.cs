using Rlm.Context.Files;
using Rlm.Context.History.Comparing;
using Rlm.Context.History.Objects;
using Rlm.Context.History.Walking;
using Rlm.Context.Outlines;

namespace Rlm.Context.History;

/// <summary>What is counted over commits: churn and what changes together.</summary>
public static class HistoryCounts
{
    /// <summary>The files below a folder by how many commits changed them.</summary>
    public static Churn ChurnOfFiles(this HistoryReader reader, RepoPath folder, Func<RepoPath, bool> where, DateTimeOffset? since, Deadline deadline, CancellationToken cancellationToken)
    {
        var log = reader.Log([new(reader.Head, folder, null)], since, null, deadline, cancellationToken);
        var counts = new Dictionary<RepoPath, int>();
        var (commits, isCut) = (0, log.Rest.Count > 0);
        foreach (var step in log.Items)
        {
            if (isCut |= deadline.IsOver) break;
            if (reader.IsMerge(step.Commit)) continue;
            commits++;
            foreach (var path in reader.FilesOf(step.Commit))
                if (path.IsWithin(folder) && where(path)) counts[path] = counts.GetValueOrDefault(path) + 1;
        }
        var rows = counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Select(pair => new ChurnRow(pair.Key, null, pair.Value, 0, 0));
        return new([.. rows], commits, isCut, log.Oldest);
    }

    /// <summary>The symbols that a file has in <c>HEAD</c> by how many commits changed what is their own. They are followed by their paths.</summary>
    public static Churn ChurnOfSymbols(this HistoryReader reader, RepoPath file, DateTimeOffset? since, Deadline deadline, CancellationToken cancellationToken)
    {
        var log = reader.Log([new(reader.Head, file, null)], since, null, deadline, cancellationToken);
        var texts = reader.Texts();
        var counts = new Dictionary<string, (int Commits, int Added, int Removed)>(StringComparer.Ordinal);
        var (commits, isCut) = (0, log.Rest.Count > 0);
        foreach (var step in log.Items)
        {
            if (isCut |= deadline.IsOver) break;
            if (reader.IsMerge(step.Commit)) continue;
            commits++;
            foreach (var change in Changes(reader, texts, step, cancellationToken))
                counts[change.Symbol.Path] = counts.GetValueOrDefault(change.Symbol.Path) is var sum ? (sum.Commits + 1, sum.Added + change.Added, sum.Removed + change.Removed) : default;
        }
        var now = texts.Of(reader.Graph.Node(reader.Head)!.Tree, file) is { } text ? texts.Outline(text, file, cancellationToken).All.Where(symbol => symbol.Kind != SymbolKinds.Namespace) : [];
        var rows = now.Where(symbol => counts.ContainsKey(symbol.Path)).Select(symbol => counts[symbol.Path] is var sum ? new ChurnRow(file, symbol, sum.Commits, sum.Added, sum.Removed) : null!);
        return new([.. rows.OrderByDescending(row => row.Commits).ThenBy(row => row.Symbol!.Range.Start)], commits, isCut, log.Oldest);
    }

    /// <summary>The files that changed in the same commits as what the walk follows.</summary>
    public static CoChange Together(this HistoryReader reader, IReadOnlyList<WalkPlace> starts, RepoPath file, Func<RepoPath, bool> where, DateTimeOffset? since, Deadline deadline, CancellationToken cancellationToken)
    {
        var log = starts.Any(start => start.Lines is not null) ? reader.SymbolLog(starts, since, deadline, cancellationToken) : reader.Log(starts, since, null, deadline, cancellationToken);
        var counts = new Dictionary<RepoPath, int>();
        var (commits, leftOut, isCut) = (0, 0, log.Rest.Count > 0);
        foreach (var step in log.Items)
        {
            if (isCut |= deadline.IsOver) break;
            var files = reader.IsMerge(step.Commit) ? [] : reader.FilesOf(step.Commit);
            if (files.Count is 0 or > CoChange.MaxFiles)
            {
                leftOut++;
                continue;
            }
            commits++;
            foreach (var path in files)
                if (path != file && path != step.Path && path != step.OldPath && reader.VerdictOf(path) != PathVerdict.Ignored && where(path)) counts[path] = counts.GetValueOrDefault(path) + 1;
        }
        return new([.. counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value))], commits, leftOut, isCut);
    }

    private static IReadOnlyList<SymbolChange> Changes(HistoryReader reader, RevisionTexts texts, PathStep step, CancellationToken cancellationToken)
    {
        var node = reader.Graph.Node(step.Commit)!;
        if (texts.Of(node.Tree, step.Path) is not { } now) return [];
        var oldPath = step.OldPath ?? step.Path;
        var old = reader.ParentOf(step.Commit) is { } parent ? texts.Of(reader.Graph.Node(parent)!.Tree, oldPath) : null;
        var before = old is { } known ? (known.Text, texts.Outline(known, oldPath, cancellationToken)) : (TextVersion.Empty, new Outline("none", []));
        var hunks = LineDiff.Compare(before.Item1, now.Text);
        return new SymbolComparison(step.Path, before, (now.Text, texts.Outline(now, step.Path, cancellationToken)), hunks).Changes();
    }
}
