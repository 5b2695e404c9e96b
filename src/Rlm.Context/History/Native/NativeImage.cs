using System.Runtime.InteropServices;

namespace Rlm.Context.History.Native;

/// <summary>Says from which file a loaded library came.</summary>
internal static unsafe partial class NativeImage
{
    /// <summary>The file that holds the code at an address; null where the system does not say.</summary>
    public static string? PathOf(nint address)
    {
        if (OperatingSystem.IsWindows()) return null;
        Image image;
        try
        {
            return Find(address, &image) != 0 && image.Path != 0 ? Marshal.PtrToStringUTF8(image.Path) : null;
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    // Dl_info of dladdr(3)
    [StructLayout(LayoutKind.Sequential)]
    private struct Image
    {
        public nint Path, Base, Symbol, Address;
    }

    [LibraryImport("libc", EntryPoint = "dladdr")]
    private static partial int Find(nint address, Image* image);
}
