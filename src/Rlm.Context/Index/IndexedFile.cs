using Rlm.Context.Files;

namespace Rlm.Context.Index;

/// <summary>One version of a file as the index knows it.</summary>
/// <param name="Path">Its repo path.</param>
/// <param name="Stamp">What the file system said about the version that was read.</param>
/// <param name="Content">The first 128 bits of a strong hash of its bytes, so that the same content is known again elsewhere.</param>
/// <param name="Flags">What is special about it.</param>
internal readonly record struct IndexedFile(string Path, FileStamp Stamp, UInt128 Content, IndexedFileFlags Flags);

/// <summary>What is special about an indexed file.</summary>
[Flags]
internal enum IndexedFileFlags
{
    /// <summary>Nothing.</summary>
    None = 0,
    /// <summary>Its text is not indexed (too large, say), so every query has it as a candidate.</summary>
    AlwaysCandidate = 1,
    /// <summary>The last of a file's parts (<see cref="FileParts"/>).</summary>
    LastPart = 2,
}
