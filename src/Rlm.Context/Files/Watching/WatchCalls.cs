using System.Runtime.InteropServices;

namespace Rlm.Context.Files.Watching;

/// <summary>The system calls of inotify(7), and statfs(2) to know where it tells all. Numbers are those of every Linux.</summary>
internal static unsafe partial class WatchCalls
{
    public const uint Modified = 0x2, AttributesChanged = 0x4, ClosedAfterWriting = 0x8, MovedFrom = 0x40, MovedTo = 0x80, Created = 0x100, Deleted = 0x200;
    public const uint Unmounted = 0x2000, Overflowed = 0x4000, Ended = 0x8000, OfFolder = 0x40000000;

    /// <summary>Only folders; and keep what an earlier watch on the same folder asked for.</summary>
    public const uint FoldersOnly = 0x01000000, DoNotFollow = 0x02000000, AddToMask = 0x20000000;

    public const int InstancesSpent = 24, WatchesSpent = 28;

    private const int NonBlockingCloseOnExec = 0x800 | 0x80000;

    /// <summary>A descriptor whose reads do not block, or -1.</summary>
    public static int Open() => Initialize(NonBlockingCloseOnExec);

    /// <summary>The number of the watch on a folder, the same for the same folder; or -1.</summary>
    [LibraryImport("libc", EntryPoint = "inotify_add_watch", SetLastError = true)]
    public static partial int Add(int queue, byte* path, uint mask);

    [LibraryImport("libc", EntryPoint = "inotify_rm_watch", SetLastError = true)]
    public static partial int Remove(int queue, int watch);

    /// <summary>The kind of file system that an open folder lies on (statfs(2), f_type); 0 when the system does not say.</summary>
    public static uint FileSystemOf(int descriptor)
    {
        var status = stackalloc long[32]; // struct statfs is 120 bytes and begins with f_type
        return StatFs(descriptor, status) == 0 ? (uint)*status : 0;
    }

    [LibraryImport("libc", EntryPoint = "inotify_init1", SetLastError = true)]
    private static partial int Initialize(int flags);

    [LibraryImport("libc", EntryPoint = "fstatfs", SetLastError = true)]
    private static partial int StatFs(int descriptor, long* status);
}
