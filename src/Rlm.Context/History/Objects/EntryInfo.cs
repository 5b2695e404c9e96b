namespace Rlm.Context.History.Objects;

/// <summary>What stands at a path in a revision.</summary>
public enum EntryInfoKind
{
    /// <summary>A file.</summary>
    File,
    /// <summary>A folder.</summary>
    Folder,
    /// <summary>A symbolic link.</summary>
    Link,
    /// <summary>Another repository (a submodule), of which only the commit is known.</summary>
    Submodule,
}

/// <summary>An entry of a revision's tree.</summary>
/// <param name="Id">The object.</param>
/// <param name="Kind">What it is.</param>
public readonly record struct EntryInfo(GitId Id, EntryInfoKind Kind);
