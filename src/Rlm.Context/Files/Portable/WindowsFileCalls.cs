using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Rlm.Context.Files.Portable;

/// <summary>
/// Windows through the runtime's file classes. Junctions and symbolic links are both links; there are no FIFOs in folders. File numbers
/// are not asked for, so a file exchanged between look and open is noticed only by the second look at the folders on the way.
/// </summary>
internal sealed class WindowsFileCalls : IFileCalls
{
    public RootAccessFault? Stat(string path, out EntryStatus status)
    {
        status = default;
        try
        {
            FileSystemInfo info = new FileInfo(path);
            var attributes = info.Attributes;
            if ((int)attributes == -1) return RootAccessFault.NotFound;
            status = new(KindOf(info, attributes), new(LengthOf(info, attributes), Nanoseconds(info.LastWriteTimeUtc), 0, 0), 0);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return FaultOf(exception);
        }
    }

    public EntryStatus StatHandle(SafeFileHandle handle) =>
        new(EntryKind.File, new(RandomAccess.GetLength(handle), Nanoseconds(File.GetLastWriteTimeUtc(handle)), 0, 0), 0);

    public string? ReadLink(string path) => new FileInfo(path).LinkTarget is not { } target ? null
        : Path.IsPathRooted(target) ? "/" + target
        : target.Replace('\\', '/');

    public SafeFileHandle? OpenNoFollow(string path, out RootAccessFault fault)
    {
        fault = default;
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            fault = FaultOf(exception);
            return null;
        }
    }

    public RootAccessFault? List(string path, EntryTaker take)
    {
        try
        {
            foreach (var entry in new DirectoryInfo(path).EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = 0 }))
                take(Encoding.UTF8.GetBytes(entry.Name), KindOf(entry, entry.Attributes));
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return FaultOf(exception);
        }
    }

    /// <summary>Windows drops final dots and blanks, reads <c>a:b</c> as a stream of a, <c>\</c> as a separator, and answers to short names such as <c>SECRET~1.JSO</c>.</summary>
    public bool IsOpenable(string name) => name.IndexOfAny([':', '\\', '*', '?', '"', '<', '>', '|']) < 0 && name[^1] is not ('.' or ' ') && !IsDevice(name) && !IsShort(name);

    private static bool IsShort(string name) => name.IndexOf('~') is var tilde and >= 0 && tilde + 1 < name.Length && char.IsAsciiDigit(name[tilde + 1]);

    private static bool IsDevice(string name)
    {
        var stem = name.Split('.')[0].TrimEnd().ToUpperInvariant();
        return stem is "CON" or "PRN" or "AUX" or "NUL" or "CONIN$" or "CONOUT$"
            || (stem.Length == 4 && (stem.StartsWith("COM", StringComparison.Ordinal) || stem.StartsWith("LPT", StringComparison.Ordinal)));
    }

    private static EntryKind KindOf(FileSystemInfo info, FileAttributes attributes) =>
        attributes.HasFlag(FileAttributes.ReparsePoint) && info.LinkTarget is not null ? EntryKind.Link
        : attributes.HasFlag(FileAttributes.Directory) ? EntryKind.Folder
        : attributes.HasFlag(FileAttributes.Device) ? EntryKind.Special
        : EntryKind.File;

    private static long LengthOf(FileSystemInfo info, FileAttributes attributes) =>
        info is FileInfo file && !attributes.HasFlag(FileAttributes.Directory) ? file.Length : 0;

    private static long Nanoseconds(DateTime utc) => (utc - DateTime.UnixEpoch).Ticks * 100;

    private static RootAccessFault FaultOf(Exception exception) =>
        exception is FileNotFoundException or DirectoryNotFoundException or PathTooLongException ? RootAccessFault.NotFound : RootAccessFault.Denied;
}
