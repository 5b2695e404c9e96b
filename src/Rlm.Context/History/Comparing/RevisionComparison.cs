using System.Collections.Concurrent;
using Rlm.Context.Files;
using Rlm.Context.History.Objects;
using Rlm.Context.History.Opening;
using Rlm.Context.Outlines;

namespace Rlm.Context.History.Comparing;

/// <summary>Compares the files of two trees, down to their symbols, on all processors: a file costs its two outlines, about a tenth of a second for each megabyte.</summary>
internal sealed class RevisionComparison(OpenedRepository repository, PathRules rules, Deadline deadline, CancellationToken cancellationToken)
{
    private const string TimeUp = "time was up";

    /// <summary>The difference.</summary>
    /// <param name="old">The old tree; null for an empty one.</param>
    /// <param name="now">The new tree.</param>
    /// <param name="where">Which files to compare.</param>
    public RangeDiff Run(GitId? old, GitId now, Func<FileChange, bool> where)
    {
        var objects = repository.Take();
        try
        {
            var changes = objects.Changes(old, now, findsRenames: true).Where(where).Select(change => (Change: change, Verdict: VerdictOf(change))).ToArray();
            var shown = changes.Where(item => item.Verdict != PathVerdict.Ignored).OrderBy(item => item.Change.Path).ToArray();
            var diffs = new FileDiff[shown.Length];
            var readers = new ConcurrentBag<GitObjects>();
            try
            {
                var options = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
                Parallel.For(0, shown.Length, options, () => Taken(readers), (index, _, reader) =>
                {
                    diffs[index] = OfFile(shown[index].Change, shown[index].Verdict, reader);
                    return reader;
                }, _ => { });
            }
            finally
            {
                foreach (var reader in readers) repository.GiveBack(reader);
            }
            return new(diffs, changes.Length - shown.Length, diffs.Count(diff => diff.NotCompared == TimeUp));
        }
        finally
        {
            repository.GiveBack(objects);
        }
    }

    /// <summary>Compares two versions of a text.</summary>
    public static FileDiff Compare(FileChange change, TextVersion? old, TextVersion? now, CancellationToken cancellationToken)
    {
        if (old is null || now is null) return NotCompared(change, "too large, or not in this clone");
        if (old.IsBinary || now.IsBinary) return NotCompared(change, "binary");
        var hunks = LineDiff.Compare(old, now);
        var lines = new FileDiff(change, PathVerdict.Shown, [], hunks) { Old = old.Text, New = now.Text };
        if (old.IsPointer || now.IsPointer) return lines with { NotCompared = "large-file pointer" };
        if (hunks.Count == 0) return lines;
        var outlines = (OutlineOf(change.OldPath, old, cancellationToken), OutlineOf(change.Path, now, cancellationToken));
        return lines with { Symbols = new SymbolComparison(change.Path, (old, outlines.Item1), (now, outlines.Item2), hunks).Changes() };
    }

    private static Outline OutlineOf(RepoPath path, TextVersion text, CancellationToken cancellationToken) =>
        text.Text.Text.Length == 0 ? new("none", []) : Outliner.Outline(path, Languages.OfFileName(path.Name), text.Text, cancellationToken);

    private GitObjects Taken(ConcurrentBag<GitObjects> readers)
    {
        var reader = repository.Take();
        readers.Add(reader);
        return reader;
    }

    // A file is as hidden as the stricter of its two names makes it.
    private PathVerdict VerdictOf(FileChange change) => (PathVerdict)Math.Max((int)rules.Of(change.Path), (int)rules.Of(change.OldPath));

    private FileDiff OfFile(FileChange change, PathVerdict verdict, GitObjects objects)
    {
        if (verdict == PathVerdict.Secret) return new(change, verdict, [], []) { NotCompared = "secret" };
        if (Kind(change, EntryInfoKind.Submodule)) return NotCompared(change, "submodule");
        if (Kind(change, EntryInfoKind.Link)) return NotCompared(change, "link");
        return deadline.IsOver ? NotCompared(change, TimeUp) : Compare(change, Version(objects, change.Old), Version(objects, change.New), cancellationToken);
    }

    private static TextVersion? Version(GitObjects objects, EntryInfo? entry) => entry is { } there ? TextVersion.Of(objects, there.Id) : TextVersion.Empty;

    private static bool Kind(FileChange change, EntryInfoKind kind) => change.Old?.Kind == kind || change.New?.Kind == kind;

    private static FileDiff NotCompared(FileChange change, string why) => new(change, PathVerdict.Shown, [], []) { NotCompared = why };
}
