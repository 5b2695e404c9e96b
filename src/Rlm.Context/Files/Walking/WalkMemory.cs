namespace Rlm.Context.Files.Walking;

/// <summary>What one walk leaves for the next: its tree of folders, valid for the same root and the same options.</summary>
/// <param name="Root">The tree.</param>
/// <param name="FullPath">Of the root.</param>
/// <param name="Options">That it was walked with.</param>
/// <param name="Entries">How many entries its covered folders have.</param>
/// <param name="IgnoredEntries">How many entries its ignored folders have, as far as they were seen.</param>
/// <param name="Unsettled">Folders that may change without an event in them.</param>
internal sealed record WalkMemory(FolderRecord Root, string FullPath, ContextOptions Options, long Entries, long IgnoredEntries, IReadOnlyList<string> Unsettled)
{
    /// <summary>True when what it remembers would be decided the same way again.</summary>
    public bool Serves(RootFolder root, ContextOptions options) =>
        FullPath == root.FullPath && Options.MaxFileBytes == options.MaxFileBytes && Options.AllowedSecrets.SequenceEqual(options.AllowedSecrets);

    /// <summary>The paths of all folders in the tree.</summary>
    public HashSet<string> Folders()
    {
        var folders = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<FolderRecord>([Root]);
        while (open.TryPop(out var folder))
        {
            folders.Add(folder.Path.Value);
            foreach (var below in folder.Folders) open.Push(below);
        }
        return folders;
    }
}
