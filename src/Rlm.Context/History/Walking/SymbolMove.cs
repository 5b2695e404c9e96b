using Rlm.Context.Files;
using Rlm.Context.History.Comparing;
using Rlm.Context.History.Objects;
using Rlm.Context.Outlines;

namespace Rlm.Context.History.Walking;

/// <summary>Finds where a symbol stood before a commit that moved it to another file: one of its name and kind that the commit took from there, at least half the same.</summary>
internal sealed class SymbolMove(GitObjects objects, RevisionTexts texts, CancellationToken cancellationToken)
{
    private const int MaxFiles = 60;

    public (RepoPath Path, LineRange Lines)? Find(GitId oldTree, GitId newTree, WalkPlace place, (GitId Blob, TextVersion Text) now)
    {
        var lines = place.Lines!.Value;
        if (texts.Outline(now, place.Path, cancellationToken).All.FirstOrDefault(symbol => symbol.Range == lines) is not { } symbol) return null;
        var language = Languages.OfFileName(place.Path.Name);
        var sources = objects.Changes(oldTree, newTree, findsRenames: false).Where(change => change.Kind is FileChangeKind.Removed or FileChangeKind.Modified && change.Path != place.Path && Languages.OfFileName(change.Path.Name) == language).ToArray();
        if (sources.Length > MaxFiles) return null;
        var best = (Likeness: 0.5, Found: ((RepoPath, LineRange)?)null);
        foreach (var source in sources)
            if (texts.Of(oldTree, source.Path) is { } old && old.Text.Text.Text.Contains(symbol.Name, StringComparison.Ordinal))
                foreach (var candidate in Taken(source, old, newTree, symbol))
                    if (Likeness(old.Text, candidate.Range, now.Text, lines) is var likeness && likeness >= best.Likeness) best = (likeness, (source.Path, candidate.Range));
        return best.Found;
    }

    private IEnumerable<Symbol> Taken(FileChange source, (GitId, TextVersion) old, GitId newTree, Symbol symbol)
    {
        var left = texts.Of(newTree, source.Path) is { } now ? texts.Outline(now, source.Path, cancellationToken).All.Select(other => other.Path).ToHashSet(StringComparer.Ordinal) : [];
        return texts.Outline(old, source.Path, cancellationToken).All.Where(candidate => candidate.Name == symbol.Name && candidate.Kind == symbol.Kind && !left.Contains(candidate.Path));
    }

    // Shared lines, blank ones aside, as a part of the longer side.
    private static double Likeness(TextVersion old, LineRange oldLines, TextVersion now, LineRange newLines)
    {
        var (before, after) = (Hashes(old, oldLines), Hashes(now, newLines));
        var counts = before.GroupBy(hash => hash).ToDictionary(group => group.Key, group => group.Count());
        var shared = 0;
        foreach (var hash in after)
            if (counts.TryGetValue(hash, out var left) && left > 0) (counts[hash], shared) = (left - 1, shared + 1);
        return shared / (double)Math.Max(1, Math.Max(before.Count, after.Count));
    }

    // Leading white space aside too: what moves is often indented anew.
    private static List<int> Hashes(TextVersion text, LineRange lines)
    {
        var hashes = new List<int>();
        for (var line = lines.Start; line <= lines.End; line++)
            if (text.Text.Lines.Line(line).Trim() is { Length: > 0 } trimmed) hashes.Add(string.GetHashCode(trimmed));
        return hashes;
    }
}
