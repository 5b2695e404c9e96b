using Rlm.Context.Files.Walking;

namespace Rlm.Context.Files;

/// <summary>One covered file: text that can be listed, searched and read.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Stamp">Its size and version when the snapshot was taken.</param>
/// <param name="Language">Language id as <see cref="Languages"/> has it, lower case; <c>text</c> when none is known.</param>
/// <param name="IsLarge">Above the indexing limit: read through a sparse line table and searched by streaming, never held whole.</param>
public sealed record FileEntry(RepoPath Path, FileStamp Stamp, string Language, bool IsLarge) : IKnownEntry
{
    string IKnownEntry.FullPath => Path.Value;
}
