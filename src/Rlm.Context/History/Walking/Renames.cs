using Rlm.Context.Files;
using Rlm.Context.History.Comparing;
using Rlm.Context.History.Objects;

namespace Rlm.Context.History.Walking;

/// <summary>
/// Finds what one file was called before. Only this file is compared with those that the commit removed, so a commit that renames a thousand files costs no more than reading
/// the likeliest of them; git compares all with all.
/// </summary>
internal static class Renames
{
    // Of so many removed files of about the same size the text is read, those of the same name first.
    private const int MaxRead = 80;

    private const double Least = 0.5, Surely = 0.9;

    /// <summary>The path in the old tree of a file that is new under this path, when it is at least half the same; null when it is not new or has no likeness.</summary>
    public static RepoPath? OldPath(GitObjects objects, GitId old, GitId now, RepoPath path)
    {
        if (path.IsRoot || objects.At(old, path) is not null || objects.At(now, path) is not { Kind: EntryInfoKind.File } entry) return null;
        var removed = objects.Changes(old, now, findsRenames: false).Where(change => change is { Kind: FileChangeKind.Removed, Old.Kind: EntryInfoKind.File }).ToArray();
        var ordered = removed.OrderByDescending(change => change.Path.Name == path.Name).ThenByDescending(change => Shared(change.Path, path)).ThenBy(change => change.Path).ToArray();
        if (Array.Find(ordered, change => change.Old!.Value.Id == entry.Id) is { } same) return same.Path;
        return Likest(objects, entry.Id, [.. ordered.Where(change => change.Path.Name == path.Name || Path.GetExtension(change.Path.Name) == Path.GetExtension(path.Name))]);
    }

    private static RepoPath? Likest(GitObjects objects, GitId now, FileChange[] removed)
    {
        if (removed.Length == 0 || TextVersion.Of(objects, now) is not { IsBinary: false } text || objects.SizeOf(now) is not { } size) return null;
        var (best, found, read) = (Least, (RepoPath?)null, 0);
        foreach (var change in removed)
        {
            // A file of another size by half cannot be half the same.
            if (objects.SizeOf(change.Old!.Value.Id) is not { } other || Math.Min(size, other) < Least * Math.Max(size, other)) continue;
            if (read++ >= MaxRead) break;
            if (TextVersion.Of(objects, change.Old.Value.Id) is not { IsBinary: false } before || Likeness(before, text) is var likeness && likeness < best) continue;
            (best, found) = (likeness, change.Path);
            if (likeness >= Surely) break;
        }
        return found;
    }

    // What both have in lines, as a part of the larger.
    private static double Likeness(TextVersion old, TextVersion now)
    {
        var counts = new Dictionary<ulong, int>();
        foreach (var hash in old.Hashes) counts[hash] = counts.GetValueOrDefault(hash) + 1;
        long shared = 0;
        for (var line = 0; line < now.Hashes.Length; line++)
            if (counts.TryGetValue(now.Hashes[line], out var left) && left > 0)
            {
                counts[now.Hashes[line]] = left - 1;
                shared += now.Text.Lines.EndWithBreak(line + 1) - now.Text.Lines.StartOf(line + 1);
            }
        return shared / (double)Math.Max(1, Math.Max(old.Text.Text.Length, now.Text.Text.Length));
    }

    // How many letters two paths have in common at their ends.
    private static int Shared(RepoPath one, RepoPath other)
    {
        var (left, right) = (one.Value, other.Value);
        var count = 0;
        while (count < Math.Min(left.Length, right.Length) && left[^(count + 1)] == right[^(count + 1)]) count++;
        return count;
    }
}
