namespace Rlm.Context.Files.Walking;

/// <summary>What one walk leaves for the next: its tree of folders, valid for the same root and the same options.</summary>
internal sealed record WalkMemory(FolderRecord Root, string FullPath, ContextOptions Options)
{
    /// <summary>True when what it remembers would be decided the same way again.</summary>
    public bool Serves(RootFolder root, ContextOptions options) =>
        FullPath == root.FullPath && Options.MaxFileBytes == options.MaxFileBytes && Options.AllowedSecrets.SequenceEqual(options.AllowedSecrets);
}
