using Rlm.Context.Files;
using Rlm.Context.History.Objects;

namespace Rlm.Context.History.Comparing;

/// <summary>Compares files of the work tree with a revision: what is not committed.</summary>
internal sealed class WorkTreeComparison(ContextStore store, GitObjects objects, PathRules rules, Deadline deadline, CancellationToken cancellationToken)
{
    /// <summary>The difference of covered files; with a folder also the files of the revision that are gone from it.</summary>
    public RangeDiff Run(GitId? tree, IReadOnlyList<RepoPath> files, RepoPath? folder)
    {
        var committed = tree is { } known ? folder is { } below ? Below(known, below) : files.Select(path => (path, objects.At(known, path))).Where(pair => pair.Item2 is not null).ToDictionary(pair => pair.path, pair => pair.Item2!.Value) : [];
        var diffs = new List<FileDiff>();
        var left = 0;
        foreach (var path in files.Order())
        {
            cancellationToken.ThrowIfCancellationRequested();
            EntryInfo? old = committed.Remove(path, out var entry) ? entry : null;
            if (deadline.IsOver) left++;
            else if (OfFile(path, old) is { } diff) diffs.Add(diff);
        }
        foreach (var (path, entry) in committed.Where(pair => pair.Value.Kind == EntryInfoKind.File))
            if (store.Root.KindOf(path) == EntryKind.None && rules.Of(path) is var verdict && verdict != PathVerdict.Ignored)
                diffs.Add(Removed(path, entry, verdict));
        return new([.. diffs.OrderBy(diff => diff.File.Path)], 0, left);
    }

    private Dictionary<RepoPath, EntryInfo> Below(GitId tree, RepoPath folder) =>
        objects.At(tree, folder) is { Kind: EntryInfoKind.Folder } entry ? objects.FilesIn(entry.Id, folder).ToDictionary(pair => pair.Path, pair => pair.Entry) : [];

    private FileDiff Removed(RepoPath path, EntryInfo entry, PathVerdict verdict)
    {
        var change = new FileChange(FileChangeKind.Removed, path, path, entry, null);
        return verdict == PathVerdict.Secret ? new(change, verdict, [], []) { NotCompared = "secret" } : RevisionComparison.Compare(change, TextVersion.Of(objects, entry.Id), TextVersion.Empty, store.Outliners, cancellationToken);
    }

    private FileDiff? OfFile(RepoPath path, EntryInfo? old)
    {
        try
        {
            if (store.Open(path, cancellationToken) is not WholeText now) return null;
            var change = new FileChange(old is null ? FileChangeKind.Added : FileChangeKind.Modified, path, path, old, new(default, EntryInfoKind.File));
            var diff = RevisionComparison.Compare(change, old is { } entry ? TextVersion.Of(objects, entry.Id) : TextVersion.Empty, TextVersion.Of(now.Text), store.Outliners, cancellationToken);
            return old is not null && diff.Hunks.Count == 0 && diff.NotCompared is null ? null : diff;
        }
        catch (ContextException)
        {
            return null;
        }
    }
}
