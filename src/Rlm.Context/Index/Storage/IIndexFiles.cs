namespace Rlm.Context.Index.Storage;

/// <summary>The few operations that an index needs of a file system, all within one folder that it may have to make. Tests fail and tear them one by one.</summary>
internal interface IIndexFiles
{
    /// <summary>The names of all files; none when the folder does not exist.</summary>
    /// <exception cref="IOException">The system refused.</exception>
    IReadOnlyList<string> List();

    /// <summary>Opens a file for reading; null when there is none. It stays readable when it is deleted or replaced.</summary>
    /// <exception cref="IOException">The system refused.</exception>
    IIndexFile? Open(string name);

    /// <summary>Makes an empty file, in place of one that is there.</summary>
    /// <exception cref="IOException">The system refused.</exception>
    IIndexOutput Create(string name);

    /// <summary>Gives a file another name, in place of a file that has it: whoever opens that name gets the one or the other.</summary>
    /// <exception cref="IOException">The system refused.</exception>
    void Rename(string from, string to);

    /// <summary>Deletes a file, now or, where it cannot be while someone reads it, not yet; nothing happens when there is none.</summary>
    void Delete(string name);

    /// <summary>Returns when the names of all files are on the disk.</summary>
    /// <exception cref="IOException">The system refused.</exception>
    void SyncFolder();

    /// <summary>Takes a lock that ends when it is disposed or the process does; null while someone else has it.</summary>
    /// <exception cref="IOException">The system refused for another reason.</exception>
    IDisposable? TryLock(string name);
}

/// <summary>What follows from the few operations.</summary>
internal static class IndexFilesExtensions
{
    /// <summary>The size of all files whose names begin so, but locks, which only their holder may open.</summary>
    /// <exception cref="IOException">The system refused.</exception>
    public static long TotalBytes(this IIndexFiles files, string prefix)
    {
        long bytes = 0;
        foreach (var name in files.List().Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && !name.EndsWith(".lock", StringComparison.Ordinal)))
        {
            using var file = files.Open(name);
            bytes += file?.Length ?? 0;
        }
        return bytes;
    }
}

/// <summary>A file that is open for reading.</summary>
internal interface IIndexFile : IDisposable
{
    /// <summary>Its length in bytes.</summary>
    long Length { get; }

    /// <summary>Reads up to as many bytes as the buffer takes; 0 behind the end.</summary>
    /// <exception cref="IOException">The system refused.</exception>
    int Read(Span<byte> buffer, long offset);
}

/// <summary>A new file, written from first to last.</summary>
internal interface IIndexOutput : IDisposable
{
    /// <summary>Appends.</summary>
    /// <exception cref="IOException">The disk is full, or the system refused.</exception>
    void Write(ReadOnlySpan<byte> bytes);

    /// <summary>Returns when all that was written is on the disk.</summary>
    /// <exception cref="IOException">The system refused.</exception>
    void Sync();
}
