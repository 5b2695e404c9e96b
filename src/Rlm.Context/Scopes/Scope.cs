using System.Collections.Immutable;
using Rlm.Context.Files;

namespace Rlm.Context.Scopes;

/// <summary>
/// What a call may look at, resolved against one snapshot: files in path order, each whole or only some lines of it.
/// </summary>
public sealed class Scope
{
    private readonly IReadOnlyDictionary<RepoPath, ImmutableArray<LineRange>>? _ranges;

    internal Scope(ReadOnlyMemory<FileEntry> files, IReadOnlyDictionary<RepoPath, ImmutableArray<LineRange>>? ranges, IReadOnlyList<SetItem>? items, ScopeLosses losses) =>
        (Files, _ranges, Items, Losses) = (files, ranges, items, losses);

    /// <summary>Covered files of the scope, by path.</summary>
    public ReadOnlyMemory<FileEntry> Files { get; }

    /// <summary>The items in their order when the scope came from a set; null when it is made of whole files.</summary>
    public IReadOnlyList<SetItem>? Items { get; }

    /// <summary>Items that could not be used as they were kept.</summary>
    public ScopeLosses Losses { get; }

    /// <summary>True when a range of revisions is part of its expression: its items are what changed.</summary>
    public bool IsOfChanges { get; init; }

    /// <summary>Total size of the files in bytes.</summary>
    public long Bytes
    {
        get
        {
            long sum = 0;
            foreach (var file in Files.Span) sum += file.Stamp.Bytes;
            return sum;
        }
    }

    /// <summary>Whether lines of a file, or without lines all of it, lie in the scope. O(log files).</summary>
    public bool Holds(RepoPath path, LineRange? lines)
    {
        var files = Files.Span;
        var (low, high) = (0, files.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = files[middle].Path.CompareTo(path);
            if (order == 0) return RangesOf(path) is not { } ranges || (lines is { } asked && ranges.Any(range => range.Contains(asked)));
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }
        return false;
    }

    internal bool Holds(SetItem item) => Holds(item.Path, item.Range);

    /// <summary>The lines in scope of one of its files, in order; null for the whole file.</summary>
    public ImmutableArray<LineRange>? RangesOf(RepoPath path) =>
        _ranges is not null && _ranges.TryGetValue(path, out var ranges) && !ranges.IsDefault ? ranges : null;
}

/// <summary>What a kept set lost since it was made; answers state it.</summary>
/// <param name="Gone">Items whose file or text is gone.</param>
/// <param name="Moved">Items whose text was found at another place and followed there.</param>
/// <param name="NotCovered">Items whose file is no longer covered (ignored, secret, binary now).</param>
public readonly record struct ScopeLosses(int Gone, int Moved, int NotCovered)
{
    /// <summary>True when nothing was lost.</summary>
    public bool None => this == default;
}
