using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Rlm.Recursion.Storage;

/// <summary>fsync(2) of a folder, which .NET has no call for: without it a power cut may undo a rename. Through the runtime's own shim, which is the same on every Unix.</summary>
internal static class FolderSync
{
    private const string Shim = "libSystem.Native";
    private const int CloseOnExec = 0x10, Invalid = 22;

    /// <summary>Returns when the folder's names are on the disk; on Windows at once, where a rename is journalled.</summary>
    /// <exception cref="IOException">The system refused.</exception>
    public static void Sync(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var descriptor = Open(Encoding.UTF8.GetBytes(folder + "\0"), CloseOnExec, 0);
        if (descriptor < 0) throw new IOException($"The folder of sessions cannot be opened (error {Marshal.GetLastPInvokeError()}).");
        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        // Some network file systems have no such thing: EINVAL.
        if (FSync(handle) != 0 && Marshal.GetLastPInvokeError() is var error and not Invalid) throw new IOException($"The folder of sessions cannot be synced (error {error}).");
    }

    [DllImport(Shim, EntryPoint = "SystemNative_Open", SetLastError = true)]
    private static extern nint Open(byte[] path, int flags, int mode);

    [DllImport(Shim, EntryPoint = "SystemNative_FSync", SetLastError = true)]
    private static extern int FSync(SafeFileHandle file);
}
