using Rlm.Context.Files;
using Rlm.Context.History.Comparing;
using Rlm.Context.Scopes;
using Rlm.Context.Slices;

namespace Rlm.Context.History;

/// <summary>
/// Turns what differs between two revisions into items of the work tree: each changed symbol where it stands now, and the changed lines that belong to no symbol.
/// What is gone from the work tree is counted, never left out in silence.
/// </summary>
public sealed class ChangedScope(ContextStore store, Snapshot snapshot, CancellationToken cancellationToken)
{
    /// <summary>The items by path and line, and what of the difference has no place in the work tree any more.</summary>
    public (IReadOnlyList<SetItem> Items, ScopeLosses Losses) Of(IEnumerable<FileDiff> files)
    {
        var items = new List<SetItem>();
        int gone = 0, notCovered = 0;
        foreach (var file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var removed = file.Symbols.Count(change => change.Change == SymbolChangeKind.Removed);
            gone += removed;
            if (file.File.New is null)
            {
                if (removed == 0) gone++;
                continue;
            }
            if (snapshot.Find(file.File.Path) is null)
            {
                if (store.Root.KindOf(file.File.Path) == EntryKind.None) gone += Math.Max(1, file.Symbols.Count - removed);
                else notCovered += Math.Max(1, file.Symbols.Count - removed);
                continue;
            }
            gone += Add(file, items);
        }
        return ([.. items.DistinctBy(item => item.Identity).OrderBy(item => item.Path).ThenBy(item => item.Range?.Start ?? 0).ThenBy(item => item.Range?.End ?? 0)], new(gone, 0, notCovered));
    }

    // Gives how many symbols are gone from the file since the newer revision.
    private int Add(FileDiff file, List<SetItem> items)
    {
        if (Opened(file.File.Path) is not { } text || file.Texts is null)
        {
            items.Add(SetItem.OfFile(file.File.Path));
            return 0;
        }
        var symbols = store.OutlineOf(text, cancellationToken).All.GroupBy(symbol => symbol.Path).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        var gone = 0;
        foreach (var change in file.Symbols.Where(change => change.Change != SymbolChangeKind.Removed))
            if (symbols.TryGetValue(change.Symbol.Path, out var symbol)) items.Add(Item(text, symbol.Range, symbol.Path));
            else gone++;
        if (text is WholeText whole) items.AddRange(Loose(file, whole));
        return gone;
    }

    // Changed lines outside of every changed symbol: imports, prose, the space between members.
    private static IEnumerable<SetItem> Loose(FileDiff file, WholeText text)
    {
        // From the lines of the newer revision to those of the work tree, where these have gone on.
        var newer = file.Texts!().New;
        var since = text.Text.Text == newer.Text ? [] : LineDiff.Compare(TextVersion.Of(text.Text), TextVersion.Of(newer));
        foreach (var hunk in file.Hunks.Where(hunk => hunk.NewCount > 0))
        {
            var range = new LineRange(hunk.NewStart, hunk.NewStart + hunk.NewCount - 1);
            if (!file.Symbols.Any(change => change.Change != SymbolChangeKind.Removed && change.Symbol.DocStart <= range.End && change.Symbol.Range.End >= range.Start) && LineTracking.Old(since, range) is { } now) yield return Item(text, now, null);
        }
    }

    private OpenText? Opened(RepoPath path)
    {
        try
        {
            return store.Open(path, cancellationToken);
        }
        catch (ContextException)
        {
            return null;
        }
    }

    private static SetItem Item(OpenText text, LineRange range, string? symbol) =>
        new(text.Path, range, symbol, Handle.Of(text.Path, range, text.Lines(range)).ToString()) { Stamp = text.Stamp, IsWholeSymbol = symbol is not null };
}
