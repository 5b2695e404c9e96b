using System.Collections.Concurrent;
using Rlm.Context.Files;
using Rlm.Context.History.Objects;
using Rlm.Context.History.Opening;
using Rlm.Context.Outlines;

namespace Rlm.Context.History.Comparing;

/// <summary>
/// Compares the files of two trees, down to their symbols, on all processors: a file costs its two outlines, about a tenth of a second for each megabyte. Languages that are outlined by a
/// program of its own come in batches, so that the symbols are those that the work tree's outlines have.
/// </summary>
internal sealed class RevisionComparison(OpenedRepository repository, GitObjects later, OutlineProviders outliners, PathRules rules, Deadline deadline, CancellationToken cancellationToken)
{
    private const string TimeUp = "time was up";
    private const int Batch = 100;

    /// <summary>The difference. Its texts are read again, through the reader given as <c>later</c>, when they are asked for.</summary>
    /// <param name="old">The old tree; null for an empty one.</param>
    /// <param name="now">The new tree.</param>
    /// <param name="where">Which files to compare.</param>
    public RangeDiff Run(GitId? old, GitId now, Func<FileChange, bool> where)
    {
        var changes = later.Changes(old, now, findsRenames: true).Where(where).Select(change => (Change: change, Verdict: VerdictOf(change))).ToArray();
        var shown = changes.Where(item => item.Verdict != PathVerdict.Ignored).OrderBy(item => item.Change.Path).ToArray();
        var diffs = new FileDiff[shown.Length];
        var batched = new ConcurrentBag<int>();
        InParallel(shown.Length, (index, reader) =>
        {
            diffs[index] = OfFile(shown[index].Change, shown[index].Verdict, reader);
            if (diffs[index] is { NotCompared: null, Hunks.Count: > 0 } diff && IsBatched(diff.File)) batched.Add(index);
        });
        foreach (var places in batched.Order().Chunk(Batch)) OutlineTogether(diffs, places);
        return new(diffs, changes.Length - shown.Length, diffs.Count(diff => diff.NotCompared == TimeUp));
    }

    /// <summary>Compares two versions of a text.</summary>
    public static FileDiff Compare(FileChange change, TextVersion? old, TextVersion? now, OutlineProviders outliners, CancellationToken cancellationToken) =>
        Lines(change, old, now) is { NotCompared: null, Hunks.Count: > 0 } diff
            ? diff with { Symbols = Symbols(diff, (old!, outliners.Outline(Item(change.OldPath, old!), cancellationToken)), (now!, outliners.Outline(Item(change.Path, now!), cancellationToken))) }
            : Lines(change, old, now);

    private static FileDiff Lines(FileChange change, TextVersion? old, TextVersion? now)
    {
        if (old is null || now is null) return NotCompared(change, "too large, or not in this clone");
        if (old.IsBinary || now.IsBinary) return NotCompared(change, "binary");
        var lines = new FileDiff(change, PathVerdict.Shown, [], LineDiff.Compare(old, now)) { Texts = () => (old.Text, now.Text) };
        return old.IsPointer || now.IsPointer ? lines with { NotCompared = "large-file pointer" } : lines;
    }

    private static IReadOnlyList<SymbolChange> Symbols(FileDiff diff, (TextVersion, Outline) old, (TextVersion, Outline) now) => new SymbolComparison(diff.File.Path, old, now, diff.Hunks).Changes();

    private static OutlineItem Item(RepoPath path, TextVersion text) => new(path, Languages.OfFileName(path.Name), text.Text);

    private bool IsBatched(FileChange change) => outliners.IsBatched(Languages.OfFileName(change.Path.Name)) || outliners.IsBatched(Languages.OfFileName(change.OldPath.Name));

    private void OutlineTogether(FileDiff[] diffs, int[] places)
    {
        if (deadline.IsOver)
        {
            foreach (var place in places) diffs[place] = NotCompared(diffs[place].File, TimeUp);
            return;
        }
        var texts = Array.ConvertAll(places, place => (Old: Version(later, diffs[place].File.Old) ?? TextVersion.Empty, New: Version(later, diffs[place].File.New) ?? TextVersion.Empty));
        var outlines = outliners.OutlineAll([.. places.SelectMany((place, at) => (OutlineItem[])[Item(diffs[place].File.OldPath, texts[at].Old), Item(diffs[place].File.Path, texts[at].New)])], cancellationToken);
        for (var at = 0; at < places.Length; at++)
            diffs[places[at]] = diffs[places[at]] with { Symbols = Symbols(diffs[places[at]], (texts[at].Old, outlines[2 * at]), (texts[at].New, outlines[(2 * at) + 1])) };
    }

    private void InParallel(int count, Action<int, GitObjects> body)
    {
        var readers = new ConcurrentBag<GitObjects>();
        try
        {
            Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount }, () => Taken(readers), (index, _, reader) =>
            {
                body(index, reader);
                return reader;
            }, _ => { });
        }
        finally
        {
            foreach (var reader in readers) repository.GiveBack(reader);
        }
    }

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
        if (deadline.IsOver) return NotCompared(change, TimeUp);
        var (old, now) = (Version(objects, change.Old), Version(objects, change.New));
        var diff = IsBatched(change) ? Lines(change, old, now) : Compare(change, old, now, outliners, cancellationToken);
        // The texts of thousands of files are not held for the few that are shown.
        return diff.Texts is null ? diff : diff with { Texts = () => (Version(later, change.Old)?.Text ?? FileText.Of(""), Version(later, change.New)?.Text ?? FileText.Of("")) };
    }

    private static TextVersion? Version(GitObjects objects, EntryInfo? entry) => entry is { } there ? TextVersion.Of(objects, there.Id) : TextVersion.Empty;

    private static bool Kind(FileChange change, EntryInfoKind kind) => change.Old?.Kind == kind || change.New?.Kind == kind;

    private static FileDiff NotCompared(FileChange change, string why) => new(change, PathVerdict.Shown, [], []) { NotCompared = why };
}
