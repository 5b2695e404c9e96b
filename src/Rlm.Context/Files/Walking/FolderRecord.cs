using Rlm.Context.Files.Ignore;

namespace Rlm.Context.Files.Walking;

/// <summary>One walked folder: what is covered in it, what was left out, and enough to recognise it next time.</summary>
internal sealed class FolderRecord(RepoPath path) : IKnownEntry
{
    private Dictionary<string, int>? _byName;

    /// <summary>Where it is.</summary>
    public RepoPath Path { get; } = path;

    string IKnownEntry.FullPath => Path.Value;

    /// <summary>It is left out: its files are only counted, nothing in it is opened.</summary>
    public bool IsIgnored { get; init; }

    /// <summary>The rules in force inside.</summary>
    public IgnoreChain? Rules { get; set; }

    /// <summary>When its listing began; stamps in it were read no earlier. Kernel's clock, UTC.</summary>
    public DateTimeOffset ListedAt { get; set; }

    /// <summary>How many entries it had.</summary>
    public int Entries { get; set; }

    /// <summary>True when not all that lies in it could be counted.</summary>
    public bool IsLowerBound { get; set; }

    /// <summary>True when no event in this folder may tell of a change that matters: it was refused, or its ignore rules come from elsewhere.</summary>
    public bool MustBeSeenAgain { get; set; }

    /// <summary>The entries that were decided, in the order in which the folder was listed: systems list an unchanged folder in the same order.</summary>
    public IKnownEntry[] Known { get; set; } = [];

    /// <summary>Covered files, by name.</summary>
    public FileEntry[] Files { get; set; } = [];

    /// <summary>Folders below that were walked or counted, in the order of the paths inside them.</summary>
    public FolderRecord[] Folders { get; set; } = [];

    /// <summary>How many entries were left out here, by reason; null when none.</summary>
    public long[]? Skipped { get; private set; }

    /// <summary>Those that are named; null when none.</summary>
    public List<SkippedFile>? Named { get; private set; }

    /// <summary>Hash over paths, sizes and times of <see cref="Files"/>; empty when there are none.</summary>
    public byte[] Digest { get; set; } = [];

    /// <summary>Counts an entry that is left out.</summary>
    public void Skip(SkipReason reason, long count = 1) => (Skipped ??= new long[SkipReasons.Count])[(int)reason] += count;

    /// <summary>Counts an entry that is left out and named; the name comes escaped.</summary>
    public void Skip(SkipReason reason, string name)
    {
        Skip(reason);
        (Named ??= []).Add(new(new RepoPath(NameEscaping.Escape(Path.Value)).Combine(name).Value, reason));
    }

    /// <summary>Counts the folder itself as left out.</summary>
    public void SkipItself(SkipReason reason)
    {
        Skip(reason);
        (Named ??= []).Add(new(NameEscaping.Escape(Path.Value), reason));
    }

    /// <summary>The remembered entry of that name, or null. <paramref name="cursor"/> is where it would stand if nothing had changed.</summary>
    public IKnownEntry? Recall(ReadOnlySpan<char> name, ref int cursor)
    {
        var start = Path.IsRoot ? 0 : Path.Value.Length + 1;
        if (cursor < Known.Length && Known[cursor].FullPath.AsSpan(start).SequenceEqual(name)) return Known[cursor++];
        _byName ??= IndexNames(start);
        if (!_byName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var index)) return null;
        cursor = index + 1;
        return Known[index];
    }

    /// <summary>Fills this one from the walk before: nothing happened in the folder, but in some below it, which get records yet to be filled.</summary>
    public void FillFrom(FolderRecord before, Func<FolderRecord, bool> mustBeWalked)
    {
        (Rules, ListedAt, Entries, IsLowerBound, MustBeSeenAgain) = (before.Rules, before.ListedAt, before.Entries, before.IsLowerBound, before.MustBeSeenAgain);
        (Files, Skipped, Named, Digest) = (before.Files, before.Skipped, before.Named, before.Digest);
        Folders = [.. before.Folders.Select(folder => mustBeWalked(folder) ? new(folder.Path) { IsIgnored = folder.IsIgnored } : folder)];
        Known = [.. before.Known];
        for (var i = 0; i < Known.Length; i++)
            if (Known[i] is FolderRecord folder && mustBeWalked(folder)) Known[i] = Folders[Array.IndexOf(before.Folders, folder)];
    }

    private Dictionary<string, int> IndexNames(int start)
    {
        var index = new Dictionary<string, int>(Known.Length, StringComparer.Ordinal);
        for (var i = 0; i < Known.Length; i++) index[Known[i].FullPath[start..]] = i;
        return index;
    }
}

/// <summary>Something that a walk decided and need not decide again while its stamp holds.</summary>
internal interface IKnownEntry
{
    /// <summary>Its path from the root.</summary>
    string FullPath { get; }
}

/// <summary>A file whose bytes are binary.</summary>
internal sealed record KnownBinary(string FullPath, FileStamp Stamp) : IKnownEntry;
