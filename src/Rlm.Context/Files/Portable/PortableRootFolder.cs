using Microsoft.Win32.SafeHandles;

namespace Rlm.Context.Files.Portable;

/// <summary>
/// The jail for systems without a beneath-root open: <see cref="LinkResolver"/> looks at every component, the file is opened without
/// following a last link, and then the handle is compared with what was looked at and every folder on the way is looked at again.
/// A folder swapped for a link in between is noticed unless it is swapped back in time, twice; the Linux form has no such window.
/// </summary>
internal sealed class PortableRootFolder : RootFolder, ILinkSource
{
    private const int SwapRetries = 8;

    private readonly IFileCalls _calls;

    private PortableRootFolder(string fullPath, IFileCalls calls) => (FullPath, _calls) = (fullPath, calls);

    public override string FullPath { get; }

    /// <exception cref="RootAccessException">There is no such folder.</exception>
    public static PortableRootFolder Open(string fullPath) => Open(fullPath, OperatingSystem.IsWindows() ? new WindowsFileCalls() : new UnixFileCalls());

    /// <exception cref="RootAccessException">There is no such folder.</exception>
    internal static PortableRootFolder Open(string fullPath, IFileCalls calls)
    {
        var root = new PortableRootFolder(RealPath(fullPath), calls);
        var fault = calls.Stat(root.FullPath, out var status);
        if (fault is null && status.Kind != EntryKind.Folder) fault = RootAccessFault.NotAFile;
        if (fault is { } why) throw new RootAccessException(why, "The root folder cannot be opened.");
        return root;
    }

    public override SafeFileHandle Open(RepoPath path, out FileStamp stamp, out RepoPath real)
    {
        var fault = RootAccessFault.Denied;
        for (var attempt = 0; attempt < SwapRetries; attempt++)
        {
            fault = LookAt(path, LinkRule.Follow, out var place, out var seen) ?? RootAccessFault.NotAFile;
            if (seen.Kind != EntryKind.File) throw Refused(fault, path);
            real = new(place);
            if (OpenSeen(place, seen, out stamp, out fault) is { } handle) return handle;
            if (fault == RootAccessFault.Denied) break;
        }
        throw Refused(fault, path);
    }

    public override FileStamp? Stat(RepoPath path) =>
        LookAt(path, LinkRule.Follow, out _, out var seen) is null && seen.Kind == EntryKind.File ? seen.Stamp : null;

    public override FileStamp StampOf(SafeFileHandle handle) => _calls.StatHandle(handle).Stamp;

    public override EntryKind KindOf(RepoPath path) => LookAt(path, LinkRule.KeepLast, out _, out var seen) is null ? seen.Kind : EntryKind.None;

    public RootAccessFault? Probe(string path, out EntryKind kind)
    {
        var fault = Look(path, out var status);
        kind = status.Kind;
        return fault;
    }

    public string? ReadLink(string path) => _calls.ReadLink(FullName(path));

    internal override FolderScanner NewScanner() => new PortableFolderScanner(this, _calls);

    internal override int ReadInto(ref byte[] buffer, RepoPath path, long maxBytes, out FileStamp stamp, out RepoPath real, out bool changed)
    {
        var length = ReadOnce(ref buffer, path, maxBytes, out stamp, out real, out changed);
        return changed ? ReadOnce(ref buffer, path, maxBytes, out stamp, out real, out changed) : length;
    }

    /// <summary>Null and the full name of a folder that is reached without any link; or why there is none.</summary>
    internal RootAccessFault? LookAtFolder(RepoPath folder, out string fullName)
    {
        fullName = "";
        var fault = LookAt(folder, LinkRule.Forbid, out var real, out var seen);
        if (fault is not null) return fault;
        fullName = FullName(real);
        return seen.Kind == EntryKind.Folder ? null : RootAccessFault.NotAFile;
    }

    /// <summary>Opens what was seen, or gives null: <see cref="RootAccessFault.NotFound"/> when it has been exchanged since.</summary>
    internal SafeFileHandle? OpenSeen(string place, EntryStatus seen, out FileStamp stamp, out RootAccessFault fault)
    {
        stamp = default;
        var handle = _calls.OpenNoFollow(FullName(place), out fault);
        if (handle is null) return null;
        var shown = _calls.StatHandle(handle);
        stamp = shown.Stamp;
        if (shown.IsSameFile(seen) && LookAt(new(place), LinkRule.KeepLast, out var again, out var now) is null && again == place && now.IsSameFile(seen)) return handle;
        handle.Dispose();
        fault = RootAccessFault.NotFound;
        return null;
    }

    private static string RealPath(string fullPath)
    {
        try
        {
            // A root that is itself a link is the operator's choice: it is the folder that it leads to.
            return new DirectoryInfo(fullPath).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? fullPath;
        }
        catch (IOException)
        {
            return fullPath;
        }
    }

    private string FullName(string real) => real.Length == 0 ? FullPath : Path.Join(FullPath, real);

    private RootAccessFault? Look(string real, out EntryStatus status)
    {
        status = default;
        foreach (var part in real.Split('/'))
            if (part.Length > 0 && !_calls.IsOpenable(part)) return RootAccessFault.NotFound;
        return _calls.Stat(FullName(real), out status);
    }

    private RootAccessFault? LookAt(RepoPath path, LinkRule rule, out string real, out EntryStatus seen)
    {
        seen = default;
        real = "";
        Span<byte> utf8 = stackalloc byte[PathText.MaxBytes + 1];
        return PathText.Encode(path.Value, utf8) ?? new LinkResolver(this).Resolve(path.Value, rule, out real) ?? Look(real, out seen);
    }

    private int ReadOnce(ref byte[] buffer, RepoPath path, long maxBytes, out FileStamp stamp, out RepoPath real, out bool changed)
    {
        using var handle = Open(path, out var before, out real);
        var length = ReadAll(handle, ref buffer, before.Bytes, maxBytes);
        stamp = StampOf(handle);
        changed = stamp != before;
        return length;
    }

    private static int ReadAll(SafeFileHandle handle, ref byte[] buffer, long expected, long maxBytes)
    {
        if (expected > maxBytes) return -1;
        if (buffer.Length <= expected) buffer = new byte[checked((int)expected + 1)];
        var length = 0;
        while (true)
        {
            if (length == buffer.Length) Array.Resize(ref buffer, checked((int)Math.Min(length * 2L + 4096, Array.MaxLength)));
            var read = RandomAccess.Read(handle, buffer.AsSpan(length), length);
            if (read == 0) return length;
            length += read;
            if (length > maxBytes) return -1;
        }
    }
}
