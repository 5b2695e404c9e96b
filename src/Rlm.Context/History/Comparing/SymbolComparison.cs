using Rlm.Context.Files;
using Rlm.Context.Outlines;

namespace Rlm.Context.History.Comparing;

/// <summary>
/// Tells which symbols differ between two versions of a file: told apart by their paths, compared by what is their own, which is their lines less those of the symbols that
/// they hold. So of a class of which one method changed only the method is told.
/// </summary>
internal sealed class SymbolComparison
{
    private readonly RepoPath _path;
    private readonly (TextVersion Text, Outline Outline) _old, _new;
    private readonly int[] _removed, _added;

    /// <param name="path">The file.</param>
    /// <param name="old">The old version.</param>
    /// <param name="now">The new version.</param>
    /// <param name="hunks">How their lines differ.</param>
    public SymbolComparison(RepoPath path, (TextVersion Text, Outline Outline) old, (TextVersion Text, Outline Outline) now, IReadOnlyList<LineHunk> hunks)
    {
        (_path, _old, _new) = (path, old, now);
        _removed = Sums(old.Text.Text.Lines.Count, hunks.Select(hunk => (hunk.OldStart, hunk.OldCount)));
        _added = Sums(now.Text.Text.Lines.Count, hunks.Select(hunk => (hunk.NewStart, hunk.NewCount)));
    }

    /// <summary>The symbols that differ: those of the new version in file order, then those that are gone.</summary>
    public IReadOnlyList<SymbolChange> Changes()
    {
        var (before, after) = (Named(_old.Outline), Named(_new.Outline));
        var changes = new List<SymbolChange>();
        foreach (var (path, symbol) in after)
            if (!before.TryGetValue(path, out var old)) changes.Add(new(_path, symbol, SymbolChangeKind.Added, Own(symbol, _added), 0));
            else if (Differs(old, symbol) is { } change) changes.Add(new(_path, symbol, change, Own(symbol, _added), Own(old, _removed)) { Old = old });
        foreach (var (path, symbol) in before)
            if (!after.ContainsKey(path)) changes.Add(new(_path, symbol, SymbolChangeKind.Removed, 0, Own(symbol, _removed)));
        return changes;
    }

    private static Dictionary<string, Symbol> Named(Outline outline)
    {
        var named = new Dictionary<string, Symbol>(StringComparer.Ordinal);
        foreach (var symbol in outline.All)
            if (symbol.Kind != SymbolKinds.Namespace) named.TryAdd(symbol.Path, symbol);
        return named;
    }

    private SymbolChangeKind? Differs(Symbol old, Symbol now)
    {
        if (old.Signature != now.Signature || old.Kind != now.Kind) return SymbolChangeKind.Signature;
        if (OwnLines(_old.Text, old) != OwnLines(_new.Text, now)) return SymbolChangeKind.Body;
        return DocLines(_old.Text, old) != DocLines(_new.Text, now) ? SymbolChangeKind.Doc : null;
    }

    private static ulong OwnLines(TextVersion text, Symbol symbol)
    {
        var (hash, line) = (0UL, symbol.Range.Start);
        foreach (var child in symbol.Children)
        {
            for (; line < Math.Min(child.DocStart, child.Range.Start); line++) hash = Add(hash, text, line);
            line = Math.Max(line, child.Range.End + 1);
        }
        for (; line <= symbol.Range.End; line++) hash = Add(hash, text, line);
        return hash;
    }

    private static ulong DocLines(TextVersion text, Symbol symbol)
    {
        var hash = 0UL;
        for (var line = symbol.DocStart; line < symbol.Range.Start; line++) hash = Add(hash, text, line);
        return hash;
    }

    // Blank lines are no difference: they come and go with what is beside them.
    private static ulong Add(ulong hash, TextVersion text, int line) => text.Text.Lines.Line(line).IsWhiteSpace() ? hash : (hash * 31) + text.Hashes[line - 1];

    private static int Own(Symbol symbol, int[] sums)
    {
        var own = Sum(sums, symbol.DocStart, symbol.Range.End);
        var line = symbol.DocStart;
        foreach (var child in symbol.Children)
        {
            var start = Math.Max(line, Math.Min(child.DocStart, child.Range.Start));
            if (child.Range.End < start) continue;
            own -= Sum(sums, start, child.Range.End);
            line = child.Range.End + 1;
        }
        return Math.Max(0, own);
    }

    private static int Sum(int[] sums, int start, int end) => sums[Math.Clamp(end, 0, sums.Length - 1)] - sums[Math.Clamp(start - 1, 0, sums.Length - 1)];

    // Marked lines up to and with each line; the first is for line 0.
    private static int[] Sums(int lines, IEnumerable<(int Start, int Count)> marked)
    {
        var sums = new int[lines + 1];
        foreach (var (start, count) in marked)
            for (var line = start; line < start + count && line <= lines; line++) sums[line] = 1;
        for (var line = 1; line <= lines; line++) sums[line] += sums[line - 1];
        return sums;
    }
}
