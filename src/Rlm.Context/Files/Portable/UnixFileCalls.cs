using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using Microsoft.Win32.SafeHandles;

namespace Rlm.Context.Files.Portable;

/// <summary>
/// Linux and macOS through the shim that the runtime itself uses for its file classes: those classes show a FIFO as an empty file and
/// then hang on it, and turn names that are not UTF-8 into names that do not exist. The shim has one layout on every Unix.
/// </summary>
internal sealed unsafe partial class UnixFileCalls : IFileCalls
{
    private const string Shim = "libSystem.Native";
    private const int CloseOnExec = 0x10, NoFollow = 0x200;

    public RootAccessFault? Stat(string path, out EntryStatus status)
    {
        FileStatus raw;
        int result;
        fixed (byte* name = Encoding.UTF8.GetBytes(path + "\0")) result = LStat(name, &raw);
        status = result == 0 ? raw.Entry : default;
        return result == 0 ? null : LastFault();
    }

    public EntryStatus StatHandle(SafeFileHandle handle)
    {
        FileStatus raw;
        return FStat(handle, &raw) == 0 ? raw.Entry : default;
    }

    public string? ReadLink(string path)
    {
        var target = new byte[4096];
        int length;
        fixed (byte* name = Encoding.UTF8.GetBytes(path + "\0"), into = target) length = ReadLink(name, into, target.Length);
        return length > 0 && Utf8.IsValid(target.AsSpan(0, length)) ? Encoding.UTF8.GetString(target, 0, length) : null;
    }

    public SafeFileHandle? OpenNoFollow(string path, out RootAccessFault fault)
    {
        nint descriptor;
        fixed (byte* name = Encoding.UTF8.GetBytes(path + "\0")) descriptor = Open(name, CloseOnExec | NoFollow, 0);
        fault = descriptor >= 0 ? default : LastFault();
        return descriptor >= 0 ? new(descriptor, ownsHandle: true) : null;
    }

    public RootAccessFault? List(string path, EntryTaker take)
    {
        nint folder;
        fixed (byte* name = Encoding.UTF8.GetBytes(path + "\0")) folder = OpenDir(name);
        if (folder == 0) return LastFault();
        DirectoryEntry entry;
        int result;
        while ((result = ReadDir(folder, &entry)) == 0)
        {
            var name = entry.NameLength < 0 ? MemoryMarshal.CreateReadOnlySpanFromNullTerminated(entry.Name) : new(entry.Name, entry.NameLength);
            if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8)) take(name, UnixModes.KindOfEntry(entry.Type));
        }
        _ = CloseDir(folder);
        return result < 0 ? null : RootAccessFault.Denied;
    }

    public bool IsOpenable(string name) => true;

    /// <summary>ENOENT, ENOTDIR and the two spellings of ELOOP and ENAMETOOLONG mean that there is no such file.</summary>
    private static RootAccessFault LastFault() =>
        Marshal.GetLastPInvokeError() is 2 or 20 or 36 or 40 or 62 or 63 ? RootAccessFault.NotFound : RootAccessFault.Denied;

    [LibraryImport(Shim, EntryPoint = "SystemNative_LStat", SetLastError = true)]
    private static partial int LStat(byte* path, FileStatus* status);

    [LibraryImport(Shim, EntryPoint = "SystemNative_FStat", SetLastError = true)]
    private static partial int FStat(SafeFileHandle file, FileStatus* status);

    [LibraryImport(Shim, EntryPoint = "SystemNative_ReadLink", SetLastError = true)]
    private static partial int ReadLink(byte* path, byte* buffer, int length);

    [LibraryImport(Shim, EntryPoint = "SystemNative_Open", SetLastError = true)]
    private static partial nint Open(byte* path, int flags, int mode);

    [LibraryImport(Shim, EntryPoint = "SystemNative_OpenDir", SetLastError = true)]
    private static partial nint OpenDir(byte* path);

    [LibraryImport(Shim, EntryPoint = "SystemNative_ReadDir", SetLastError = true)]
    private static partial int ReadDir(nint folder, DirectoryEntry* entry);

    [LibraryImport(Shim, EntryPoint = "SystemNative_CloseDir", SetLastError = true)]
    private static partial int CloseDir(nint folder);

    [StructLayout(LayoutKind.Sequential)]
    private struct FileStatus
    {
        public int Flags, Mode;
        public uint User, Group;
        public long Size, Accessed, AccessedNanoseconds, Modified, ModifiedNanoseconds, Changed, ChangedNanoseconds, Born, BornNanoseconds, Device, RealDevice, Inode;
        public uint UserFlags;

        public readonly EntryStatus Entry => new(
            UnixModes.KindOf(Mode),
            new(Size, (Modified * 1_000_000_000) + ModifiedNanoseconds, (Changed * 1_000_000_000) + ChangedNanoseconds, (ulong)Inode),
            Device);
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct DirectoryEntry
    {
        public byte* Name;
        public int NameLength, Type;
    }
}
