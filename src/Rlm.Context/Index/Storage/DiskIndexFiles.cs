using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Rlm.Context.Index.Storage;

/// <summary>
/// A folder on disk. Files are read by position and never mapped: a mapped file that another process cuts short ends this process with a signal that nothing catches.
/// </summary>
internal sealed class DiskIndexFiles(string folder) : IIndexFiles
{
    public IReadOnlyList<string> List() => Refusing<IReadOnlyList<string>>(() => Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path))] : []);

    public IIndexFile? Open(string name)
    {
        try
        {
            return new DiskFile(File.OpenHandle(At(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new IOException(refused.Message, refused);
        }
    }

    public IIndexOutput Create(string name) => Refusing(() =>
    {
        Directory.CreateDirectory(folder);
        return new DiskOutput(File.OpenHandle(At(name), FileMode.Create, FileAccess.Write, FileShare.Read));
    });

    public void Rename(string from, string to) => Refusing(() =>
    {
        File.Move(At(from), At(to), overwrite: true);
        return true;
    });

    public void Delete(string name)
    {
        try
        {
            File.Delete(At(name));
        }
        catch (Exception inUse) when (inUse is IOException or UnauthorizedAccessException)
        {
            // On Windows a file that is read cannot be deleted; the next writer tries again.
        }
    }

    public void SyncFolder() => FolderSync.Sync(folder);

    public IDisposable? TryLock(string name) => Refusing(() =>
    {
        Directory.CreateDirectory(folder);
        try
        {
            var file = new FileStream(At(name), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            // For people who wonder; nothing depends on it.
            file.SetLength(0);
            file.Write(Encoding.ASCII.GetBytes($"{Environment.ProcessId}\n"));
            return file;
        }
        catch (IOException held) when (IsHeld(held))
        {
            return null;
        }
    });

    // EWOULDBLOCK on Linux and macOS, a sharing violation on Windows.
    private static bool IsHeld(IOException fault) => fault.HResult is 11 or 35 or unchecked((int)0x80070020) or unchecked((int)0x80070021);

    private static T Refusing<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new IOException(refused.Message, refused);
        }
    }

    private string At(string name) => Path.Join(folder, name);

    private sealed class DiskFile(SafeFileHandle handle) : IIndexFile
    {
        public long Length { get; } = RandomAccess.GetLength(handle);

        public int Read(Span<byte> buffer, long offset) => RandomAccess.Read(handle, buffer, offset);

        public void Dispose() => handle.Dispose();
    }

    private sealed class DiskOutput(SafeFileHandle handle) : IIndexOutput
    {
        private long _at;

        public void Write(ReadOnlySpan<byte> bytes)
        {
            RandomAccess.Write(handle, bytes, _at);
            _at += bytes.Length;
        }

        public void Sync() => RandomAccess.FlushToDisk(handle);

        public void Dispose() => handle.Dispose();
    }
}
