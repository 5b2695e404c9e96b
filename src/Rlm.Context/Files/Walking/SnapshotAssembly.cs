using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Rlm.Context.Files.Walking;

/// <summary>Puts the records of a walk together, in order, on one thread. <paramref name="same"/> is the snapshot before when its files are still the same; null when not.</summary>
internal sealed class SnapshotAssembly(RootFolder root, ContextOptions options, Snapshot? same, DateTimeOffset takenAt)
{
    private const int MaxNamed = 1000;

    private readonly List<FolderRecord> _folders = [];
    private readonly long[] _skipped = new long[SkipReasons.Count];
    private readonly List<SkippedFile> _named = [];
    private readonly List<string> _unsettled = [];
    private FileEntry[] _files = [];
    private int _fileCount;
    private long _entries;
    private bool _isLowerBound;

    /// <summary>The snapshot. <paramref name="ignoredEntries"/>: how many the walk has seen in ignored folders.</summary>
    public Snapshot Assemble(FolderRecord top, long ignoredEntries)
    {
        Count(top);
        if (same is null) _files = new FileEntry[_fileCount];
        _fileCount = 0;
        if (same is null) Place(top);
        return new()
        {
            Version = same?.Version ?? VersionHash.OfFolders(_folders),
            Files = same?.Files ?? ImmutableCollectionsMarshal.AsImmutableArray(_files),
            Skipped = Enumerable.Range(0, _skipped.Length).Where(reason => _skipped[reason] > 0).ToDictionary(reason => (SkipReason)reason, reason => _skipped[reason]),
            NamedSkips = NamedInOrder(),
            IgnoredIsLowerBound = _isLowerBound,
            TakenAt = takenAt,
            Memory = new(top, root.FullPath, options, _entries, ignoredEntries, _unsettled),
        };
    }

    private void Count(FolderRecord folder)
    {
        _fileCount += folder.Files.Length;
        _isLowerBound |= folder.IsLowerBound;
        if (!folder.IsIgnored) _entries += folder.Entries;
        if (folder.Files.Length > 0) _folders.Add(folder);
        if (folder.Named is not null) _named.AddRange(folder.Named);
        if (folder.MustBeSeenAgain) _unsettled.Add(folder.Path.Value);
        for (var reason = 0; reason < _skipped.Length && folder.Skipped is not null; reason++) _skipped[reason] += folder.Skipped[reason];
        foreach (var below in folder.Folders) Count(below);
    }

    private void Place(FolderRecord folder)
    {
        var at = 0;
        foreach (var below in folder.Folders)
        {
            while (at < folder.Files.Length && PathOrder.CompareFileToFolder(folder.Files[at].Path.Value, below.Path.Value) < 0) _files[_fileCount++] = folder.Files[at++];
            Place(below);
        }
        folder.Files.AsSpan(at).CopyTo(_files.AsSpan(_fileCount));
        _fileCount += folder.Files.Length - at;
    }

    /// <summary>All secrets, and the first so many of the rest.</summary>
    private ImmutableArray<SkippedFile> NamedInOrder()
    {
        _named.Sort((left, right) => string.CompareOrdinal(left.Path, right.Path));
        var others = 0;
        return [.. _named.Where(file => file.Reason == SkipReason.Secret || ++others <= MaxNamed)];
    }
}
