using System.Runtime.InteropServices;
using System.Text;

namespace Rlm.Context.Index.Storage;

/// <summary>A second name for a file that never changes, or a copy where the file system has no such thing. Through the runtime's own shim, which is the same on every Unix.</summary>
internal static unsafe partial class FileLink
{
    /// <summary>Gives the file another name in another folder of the same disk, or copies it.</summary>
    /// <exception cref="IOException">The system refused both.</exception>
    public static void Make(string from, string to)
    {
        if (!OperatingSystem.IsWindows() && TryLink(from, to)) return;
        File.Copy(from, to, overwrite: true);
    }

    private static bool TryLink(string from, string to)
    {
        fixed (byte* source = Encoding.UTF8.GetBytes(from + "\0"))
        fixed (byte* target = Encoding.UTF8.GetBytes(to + "\0")) return Link(source, target) == 0;
    }

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_Link", SetLastError = true)]
    private static partial int Link(byte* from, byte* to);
}
