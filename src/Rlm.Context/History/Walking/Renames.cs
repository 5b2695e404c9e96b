using Rlm.Context.Files;
using Rlm.Context.History.Objects;

namespace Rlm.Context.History.Walking;

/// <summary>Finds what a file was called before.</summary>
internal static class Renames
{
    /// <summary>The path in the old tree of a file that is new under this path, when it is at least half the same; null when it is not new or has no likeness.</summary>
    public static RepoPath? OldPath(GitObjects objects, GitId old, GitId now, RepoPath path)
    {
        if (path.IsRoot || objects.At(old, path) is not null || objects.At(now, path) is not { Kind: not EntryInfoKind.Folder }) return null;
        return objects.Changes(old, now, findsRenames: true).FirstOrDefault(change => change.Kind == FileChangeKind.Renamed && change.Path == path)?.OldPath;
    }
}
