using System.Runtime.InteropServices;

namespace Rlm.Context.Files.Linux;

/// <summary>
/// The few system calls that the Linux jail stands on. Layouts and numbers are those of 64-bit Linux (openat2(2), statx(2), getdents64(2)).
/// </summary>
internal static unsafe partial class LinuxCalls
{
    public const int ReadOnly = 0, NonBlocking = 0x800, NoTerminal = 0x100, CloseOnExec = 0x80000, PathOnly = 0x200000;
    public const ulong NoMagicLinks = 2, NoLinks = 4, Beneath = 8;
    public const int SymlinkNoFollow = 0x100, NoAutomount = 0x800, EmptyPath = 0x1000;

    /// <summary>Type, mode, times, inode and size: all that a stamp needs.</summary>
    public const uint StampFields = 0x1 | 0x2 | 0x40 | 0x80 | 0x100 | 0x200;

    private const int CurrentFolder = -100;

    private static readonly bool IsArm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    /// <summary>True where the numbers below are known to hold.</summary>
    public static bool AreKnown => OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    /// <summary>O_DIRECTORY, which differs between processors.</summary>
    public static int FolderOnly { get; } = IsArm ? 0x4000 : 0x10000;

    /// <summary>O_NOFOLLOW, which differs between processors.</summary>
    public static int NoFollow { get; } = IsArm ? 0x8000 : 0x20000;

    private static readonly nint OpenAt2Number = 437, GetDentsNumber = IsArm ? 61 : 217;

    /// <summary>The error of the last call that failed on this thread.</summary>
    public static int Error => Marshal.GetLastPInvokeError();

    /// <summary>openat2(2): a descriptor, or -1.</summary>
    public static int OpenBeneath(int folder, byte* path, int flags, ulong resolve)
    {
        var how = new OpenHow { Flags = (uint)flags, Resolve = resolve };
        return (int)SystemCall(OpenAt2Number, folder, (nint)path, (nint)(&how), sizeof(OpenHow));
    }

    /// <summary>open(2) of a path of the operator's choosing: only for the root itself.</summary>
    public static int OpenFolder(byte* path) => OpenAt(CurrentFolder, path, ReadOnly | CloseOnExec | FolderOnly);

    /// <summary>getdents64(2): bytes filled, 0 at the end, or -1.</summary>
    public static int ListFolder(int folder, byte* buffer, int length) => (int)SystemCall(GetDentsNumber, folder, (nint)buffer, length, 0);

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true)]
    public static partial int OpenAt(int folder, byte* path, int flags);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true)]
    public static partial int Stat(int folder, byte* path, int flags, uint mask, StatX* status);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int descriptor, byte* buffer, nint length);

    [LibraryImport("libc", EntryPoint = "readlinkat", SetLastError = true)]
    public static partial nint ReadLink(int folder, byte* path, byte* buffer, nint length);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, nint first, nint second, nint third, nint fourth);

    [StructLayout(LayoutKind.Sequential)]
    private struct OpenHow
    {
        public ulong Flags, Mode, Resolve;
    }
}

/// <summary>struct statx, the fields in use.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct StatX
{
    [FieldOffset(28)] public ushort Mode;
    [FieldOffset(32)] public ulong Inode;
    [FieldOffset(40)] public ulong Size;
    [FieldOffset(96)] public long ChangedSeconds;
    [FieldOffset(104)] public uint ChangedNanoseconds;
    [FieldOffset(112)] public long ModifiedSeconds;
    [FieldOffset(120)] public uint ModifiedNanoseconds;

    public readonly EntryKind Kind => UnixModes.KindOf(Mode);

    public readonly FileStamp Stamp => new(
        (long)Size, (ModifiedSeconds * 1_000_000_000) + ModifiedNanoseconds, (ChangedSeconds * 1_000_000_000) + ChangedNanoseconds, Inode);
}
