using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Rlm.Context.Tests;

/// <summary>A folder that exists as long as the test does. Paths are relative to it, <c>/</c> separated.</summary>
public sealed class TempFolder : IDisposable
{
    public TempFolder() => Directory.CreateDirectory(FullPath);

    public string FullPath { get; } = Path.Join(Path.GetTempPath(), "rlm-" + Guid.NewGuid().ToString("n")[..12]);

    /// <summary>The full path of a place inside.</summary>
    public string At(string path) => Path.Join(FullPath, path);

    /// <summary>Writes a file, with the folders that it needs.</summary>
    public TempFolder Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes a file, with the folders that it needs.</summary>
    public TempFolder Write(string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllBytes(At(path), bytes);
        return this;
    }

    /// <summary>Makes a folder.</summary>
    public TempFolder Folder(string path)
    {
        Directory.CreateDirectory(At(path));
        return this;
    }

    /// <summary>Makes a symbolic link with exactly this target.</summary>
    public TempFolder Link(string path, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.CreateSymbolicLink(At(path), target);
        return this;
    }

    /// <summary>Makes a FIFO, which blocks whoever opens it as a file. Unix only.</summary>
    public TempFolder Fifo(string path)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no FIFOs in folders");
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        if (MkFifo(Encoding.UTF8.GetBytes(At(path) + "\0"), 0b110_100_100) != 0) throw new IOException("mkfifo");
        return this;
    }

    /// <summary>Makes an empty file whose name is these bytes, UTF-8 or not. Unix only.</summary>
    public TempFolder RawName(byte[] name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux file systems take names that are not UTF-8");
        var file = Creat([.. Encoding.UTF8.GetBytes(FullPath + "/"), .. name, 0], 0b110_100_100);
        if (file < 0) throw new IOException("creat");
        _ = Close(file);
        return this;
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(FullPath, recursive: true);
        }
        catch (IOException)
        {
            // The runtime cannot delete names that are not UTF-8.
            using var remove = Process.Start("rm", ["-rf", FullPath]);
            remove.WaitForExit();
        }
    }

    [DllImport("libc", EntryPoint = "mkfifo", SetLastError = true)]
    private static extern int MkFifo(byte[] path, int mode);

    [DllImport("libc", EntryPoint = "creat", SetLastError = true)]
    private static extern int Creat(byte[] path, int mode);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int file);
}
