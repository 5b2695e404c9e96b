using Microsoft.Win32.SafeHandles;

namespace Rlm.Recursion.Storage;

/// <summary>
/// A folder of files that only their owner can read (0700, files 0600): the one place where this project touches the disk. Names are the callers' own, never from outside unchecked.
/// Everything the system refuses is an <see cref="IOException"/>. Safe to use from many threads and processes.
/// </summary>
internal sealed class PrivateFolder(string path)
{
    private const UnixFileMode FileMask = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode FolderMask = FileMask | UnixFileMode.UserExecute;

    /// <summary>A folder in this one.</summary>
    public PrivateFolder Under(string name) => new(At(name));

    /// <summary>Makes the folder where there is none, and shuts others out of one that was there.</summary>
    public void Create() => Refusing(() =>
    {
        if (OperatingSystem.IsWindows()) return Directory.CreateDirectory(path).Exists;
        var folder = Directory.CreateDirectory(path, FolderMask);
        if (folder.UnixFileMode != FolderMask) folder.UnixFileMode = FolderMask;
        return true;
    });

    /// <summary>The first bytes of a file; null when there is no such file.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="most">So many at most.</param>
    public byte[]? Read(string name, long most) => Refusing(() =>
    {
        try
        {
            using var file = File.OpenHandle(At(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return ReadAll(file, most);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    });

    /// <summary>Writes a file beside and renames it over the old one: readers see the old or the new, whole.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="bytes">All of it.</param>
    /// <param name="durable">Whether it must survive a power cut; else a crash of the process only.</param>
    public void Replace(string name, byte[] bytes, bool durable) => Refusing(() =>
    {
        var fresh = At($"{name}.{Guid.NewGuid():n}.tmp");
        try
        {
            using (var file = Open(fresh, FileMode.CreateNew, FileShare.Read))
            {
                file.Write(bytes);
                if (durable) file.Flush(flushToDisk: true);
            }
            File.Move(fresh, At(name), overwrite: true);
        }
        catch
        {
            File.Delete(fresh);
            throw;
        }
        if (durable) FolderSync.Sync(path);
        return true;
    });

    /// <summary>Writes at the end of a file, which is made where there is none; the system has it when this returns.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="at">Where its end is, as the caller knows it: what an earlier write that failed left behind is written over.</param>
    /// <param name="bytes">What to add.</param>
    public void Append(string name, long at, byte[] bytes) => Refusing(() =>
    {
        using var file = Open(At(name), FileMode.OpenOrCreate, FileShare.ReadWrite | FileShare.Delete);
        if (file.Length < at) throw new IOException($"{name} was cut by someone else.");
        file.Position = at;
        file.Write(bytes);
        return true;
    });

    /// <summary>Its files, in no order; none when there is no such folder.</summary>
    public IReadOnlyList<StoredFile> List() => Refusing<IReadOnlyList<StoredFile>>(() =>
    {
        var folder = new DirectoryInfo(path);
        return folder.Exists ? [.. folder.EnumerateFiles().Select(file => new StoredFile(file.Name, file.Length, file.LastWriteTimeUtc.Ticks))] : [];
    });

    /// <summary>Its folders by name.</summary>
    public IReadOnlyList<string> Folders() => Refusing<IReadOnlyList<string>>(() => Directory.Exists(path) ? [.. Directory.EnumerateDirectories(path).Select(folder => Path.GetFileName(folder))] : []);

    /// <summary>Deletes a file, if it is there.</summary>
    public void Delete(string name) => Refusing(() =>
    {
        if (Directory.Exists(path)) File.Delete(At(name));
        return true;
    });

    /// <summary>Takes a lock that the system frees when this process ends, however it ends; null while another holder, here or in another process, has it.</summary>
    public IDisposable? TryLock(string name) => Refusing(() =>
    {
        try
        {
            return Open(At(name), FileMode.OpenOrCreate, FileShare.None);
        }
        catch (IOException held) when (held.HResult is 11 or 35 or unchecked((int)0x80070020) or unchecked((int)0x80070021))
        {
            // EWOULDBLOCK on Linux and macOS, a sharing violation on Windows.
            return null;
        }
    });

    private static FileStream Open(string file, FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = FileMask;
        return new(file, options);
    }

    private static byte[] ReadAll(SafeFileHandle file, long most)
    {
        var bytes = new byte[Math.Min(most, RandomAccess.GetLength(file))];
        var filled = 0;
        while (filled < bytes.Length && RandomAccess.Read(file, bytes.AsSpan(filled), filled) is > 0 and var read) filled += read;
        return filled == bytes.Length ? bytes : bytes[..filled];
    }

    private static T Refusing<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new IOException(refused.Message, refused);
        }
    }

    private string At(string name) => Path.Join(path, name);
}
