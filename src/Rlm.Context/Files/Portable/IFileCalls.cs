using Microsoft.Win32.SafeHandles;

namespace Rlm.Context.Files.Portable;

/// <summary>What the portable jail asks a system; all paths are full paths, and no call follows a link in the last component.</summary>
internal interface IFileCalls
{
    /// <summary>Null and what stands there itself; or why that cannot be said.</summary>
    RootAccessFault? Stat(string path, out EntryStatus status);

    /// <summary>What an open handle shows.</summary>
    EntryStatus StatHandle(SafeFileHandle handle);

    /// <summary>The target of a link; null when it is gone or cannot be written as text.</summary>
    string? ReadLink(string path);

    /// <summary>Opens for reading; null with a fault when that fails.</summary>
    SafeFileHandle? OpenNoFollow(string path, out RootAccessFault fault);

    /// <summary>Hands over each entry's raw name and kind; a fault when the folder cannot be listed.</summary>
    RootAccessFault? List(string path, EntryTaker take);

    /// <summary>False for a name that this system would silently take for another one.</summary>
    bool IsOpenable(string name);
}

/// <summary>Takes one folder entry; the kind is null when the system did not say.</summary>
internal delegate void EntryTaker(ReadOnlySpan<byte> name, EntryKind? kind);

/// <summary>What stands at a place: two with equal identity are the same file.</summary>
internal readonly record struct EntryStatus(EntryKind Kind, FileStamp Stamp, long Device)
{
    public bool IsSameFile(EntryStatus other) => Kind == other.Kind && Device == other.Device && Stamp.FileId == other.Stamp.FileId;
}
