using System.Collections.Immutable;
using Rlm.Context.Files;
using Rlm.Context.Files.Walking;

namespace Rlm.Context;

/// <summary>
/// One immutable view of the repository: its covered files and what was left out. Never changes once made, so every
/// answer can name the version that it came from and a later call can tell that things have moved on.
/// </summary>
public sealed class Snapshot
{
    private long _confirmedAt;

    /// <summary>Eight hex digits over paths, sizes and times of all files; equal trees give equal versions, also after a restart.</summary>
    public required string Version { get; init; }

    /// <summary>Covered files by path, ordinal order.</summary>
    public required ImmutableArray<FileEntry> Files { get; init; }

    /// <summary>Size of the covered files in bytes.</summary>
    public long Bytes
    {
        get
        {
            long sum = 0;
            foreach (var file in Files) sum += file.Stamp.Bytes;
            return sum;
        }
    }

    /// <summary>How many files were left out, by reason; reasons without any are absent.</summary>
    public required IReadOnlyDictionary<SkipReason, long> Skipped { get; init; }

    /// <summary>True when ignored folders held so much that not all of their files were counted: the count under <see cref="SkipReason.Ignored"/> is then a lower bound.</summary>
    public bool IgnoredIsLowerBound { get; init; }

    /// <summary>Skipped files worth naming, by path: all secrets, and up to 1,000 of the others. Ignored, binary and linked files are only counted.</summary>
    public required ImmutableArray<SkippedFile> NamedSkips { get; init; }

    /// <summary>When the walk that made it began.</summary>
    public required DateTimeOffset TakenAt { get; init; }

    /// <summary>The last moment at which all of it was known to be on disk: the beginning of the walk, or later when a watch saw that nothing changed since.</summary>
    public DateTimeOffset AsOf => new(Math.Max(TakenAt.UtcTicks, Interlocked.Read(ref _confirmedAt)), TimeSpan.Zero);

    /// <summary>What the walk remembers for the next one; null for a snapshot that was not walked.</summary>
    internal WalkMemory? Memory { get; init; }

    /// <summary>Finds a covered file by its path. O(log n).</summary>
    public FileEntry? Find(RepoPath path) => IndexOf(path) is var at and >= 0 ? Files[at] : null;

    /// <summary>The place of a covered file in <see cref="Files"/>; -1 when there is none. O(log n).</summary>
    public int IndexOf(RepoPath path)
    {
        var at = LowerBound(path.Value);
        return at < Files.Length && Files[at].Path == path ? at : -1;
    }

    /// <summary>All covered files in a folder, however deep, in order; the root gives all. O(log n) to find, no copy.</summary>
    public ReadOnlySpan<FileEntry> FilesIn(RepoPath folder)
    {
        if (folder.IsRoot) return Files.AsSpan();
        var prefix = folder.Value + "/";
        var from = LowerBound(prefix);
        var to = LowerBound(folder.Value + "0"); // '0' is the character after '/'
        return Files.AsSpan()[from..to];
    }

    /// <summary>True when at least one covered file lies below it.</summary>
    public bool HasFolder(RepoPath folder) => FilesIn(folder).Length > 0;

    /// <summary>Nothing in it has changed up to that moment.</summary>
    internal void Confirm(DateTimeOffset at) => Interlocked.Exchange(ref _confirmedAt, at.UtcTicks);

    private int LowerBound(string path)
    {
        int low = 0, high = Files.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (string.CompareOrdinal(Files[middle].Path.Value, path) < 0) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
