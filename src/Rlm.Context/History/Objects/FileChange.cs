using Rlm.Context.Files;

namespace Rlm.Context.History.Objects;

/// <summary>How a file differs between two trees.</summary>
public enum FileChangeKind
{
    /// <summary>Only in the new one.</summary>
    Added,
    /// <summary>Only in the old one.</summary>
    Removed,
    /// <summary>In both.</summary>
    Modified,
    /// <summary>Under another path in the old one.</summary>
    Renamed,
}

/// <summary>One file that differs between two trees.</summary>
/// <param name="Kind">How.</param>
/// <param name="Path">In the new tree; in the old one when it was removed.</param>
/// <param name="OldPath">In the old tree; the same unless it was renamed.</param>
/// <param name="Old">The object in the old tree; null when added.</param>
/// <param name="New">The object in the new tree; null when removed.</param>
public sealed record FileChange(FileChangeKind Kind, RepoPath Path, RepoPath OldPath, EntryInfo? Old, EntryInfo? New);
