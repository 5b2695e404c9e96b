using Rlm.Context.Files;

namespace Rlm.Context.Index;

/// <summary>An indexed file as far as it takes to recognise it among 100,000 in a few milliseconds: without its path.</summary>
/// <param name="PathHash"><see cref="HashOf(ReadOnlySpan{char})"/> its path. Two files of one hash have different stamps, or the same bytes.</param>
/// <param name="Stamp">As in <see cref="IndexedFile"/>.</param>
/// <param name="Content">As in <see cref="IndexedFile"/>.</param>
/// <param name="Flags">As in <see cref="IndexedFile"/>.</param>
internal readonly record struct FileVersion(ulong PathHash, FileStamp Stamp, UInt128 Content, IndexedFileFlags Flags)
{
    /// <summary>FNV-1a over the UTF-16 units (Fowler, Noll, Vo). Stored, so it never changes.</summary>
    public static ulong HashOf(ReadOnlySpan<char> path) => HashOf(path, 14695981039346656037UL);

    /// <summary>The hash of more text behind a text of which this is the hash.</summary>
    public static ulong HashOf(ReadOnlySpan<char> more, ulong hash)
    {
        foreach (var c in more) hash = (hash ^ c) * 1099511628211UL;
        return hash;
    }
}

/// <summary>Told of a file.</summary>
internal delegate void FileVisitor(int id, in FileVersion version);
