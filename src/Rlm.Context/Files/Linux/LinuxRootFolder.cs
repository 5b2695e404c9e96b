using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using Microsoft.Win32.SafeHandles;

namespace Rlm.Context.Files.Linux;

/// <summary>
/// The jail on Linux: the kernel itself resolves every path beneath the root's descriptor with links forbidden. Only when a link is
/// in the way does <see cref="LinkResolver"/> find where it leads, and that place is again opened with links forbidden.
/// </summary>
internal sealed unsafe class LinuxRootFolder : RootFolder, ILinkSource
{
    private const int NotPermitted = 1, NoEntry = 2, NoDeviceOrAddress = 6, TryAgain = 11, AccessDenied = 13, NoDevice = 19,
        NotAFolder = 20, NameTooLong = 36, NoSystemCall = 38, TooManyLinks = 40, CrossesRoot = 18, Interrupted = 4;

    private const int FileFlags = LinuxCalls.ReadOnly | LinuxCalls.NonBlocking | LinuxCalls.NoTerminal | LinuxCalls.CloseOnExec;
    private const int SwapRetries = 8;

    private readonly SafeFileHandle _root;

    private LinuxRootFolder(string fullPath, SafeFileHandle root) => (FullPath, _root) = (fullPath, root);

    public override string FullPath { get; }

    /// <summary>Null where the kernel or a sandbox around us has no openat2.</summary>
    /// <exception cref="RootAccessException">There is no such folder.</exception>
    public static LinuxRootFolder? TryOpen(string fullPath)
    {
        if (!LinuxCalls.AreKnown) return null;
        int folder;
        fixed (byte* path = Encoding.UTF8.GetBytes(fullPath + "\0")) folder = LinuxCalls.OpenFolder(path);
        if (folder < 0) throw new RootAccessException(FaultOf(LinuxCalls.Error, isFolder: true), "The root folder cannot be opened.");
        var root = new LinuxRootFolder(fullPath, new(folder, ownsHandle: true));
        if (root.HasOpenBeneath()) return root;
        root.Dispose();
        return null;
    }

    public override SafeFileHandle Open(RepoPath path, out FileStamp stamp, out RepoPath real)
    {
        using var root = new Hold(_root);
        var file = OpenFile(root.Descriptor, path, FileFlags, out stamp, out real, out var fault);
        return file >= 0 ? new(file, ownsHandle: true) : throw Refused(fault, path);
    }

    public override FileStamp? Stat(RepoPath path)
    {
        using var root = new Hold(_root);
        var file = OpenFile(root.Descriptor, path, LinuxCalls.PathOnly | LinuxCalls.CloseOnExec, out var stamp, out _, out _);
        if (file < 0) return null;
        _ = LinuxCalls.Close(file);
        return stamp;
    }

    public override FileStamp StampOf(SafeFileHandle handle)
    {
        using var file = new Hold(handle);
        return TryStat(file.Descriptor, out var status) ? status.Stamp : default;
    }

    public override EntryKind KindOf(RepoPath path)
    {
        if (Probe(path.Value, out var kind) is null) return kind;
        return new LinkResolver(this).Resolve(path.Value, LinkRule.KeepLast, out var real) is null && Probe(real, out kind) is null ? kind : EntryKind.None;
    }

    internal override FolderScanner NewScanner() => new LinuxFolderScanner(this);

    internal override int ReadInto(ref byte[] buffer, RepoPath path, long maxBytes, out FileStamp stamp, out RepoPath real, out bool changed)
    {
        using var root = new Hold(_root);
        var length = ReadOnce(root.Descriptor, ref buffer, path, maxBytes, out stamp, out real, out changed);
        return changed ? ReadOnce(root.Descriptor, ref buffer, path, maxBytes, out stamp, out real, out changed) : length;
    }

    /// <summary>Opens a folder for listing, no links on the way.</summary>
    /// <exception cref="RootAccessException">There is no such folder.</exception>
    internal int OpenFolder(RepoPath folder)
    {
        using var root = new Hold(_root);
        var descriptor = OpenStrict(root.Descriptor, folder.Value, LinuxCalls.ReadOnly | LinuxCalls.CloseOnExec | LinuxCalls.FolderOnly, out var fault, isFolder: true);
        return descriptor >= 0 ? descriptor : throw Refused(fault ?? RootAccessFault.NotAFile, folder);
    }

    internal static bool TryStat(int descriptor, out StatX status)
    {
        byte empty = 0;
        fixed (StatX* into = &status) return LinuxCalls.Stat(descriptor, &empty, LinuxCalls.EmptyPath, LinuxCalls.StampFields, into) == 0;
    }

    /// <summary>What an error of the system means here. A folder that turns out to be a link or a file is no folder.</summary>
    internal static RootAccessFault FaultOf(int error, bool isFolder) => error switch
    {
        NotAFolder or TooManyLinks when isFolder => RootAccessFault.NotAFile,
        NoEntry or NotAFolder or NameTooLong or TooManyLinks => RootAccessFault.NotFound,
        CrossesRoot => RootAccessFault.Outside,
        NoDeviceOrAddress or NoDevice => RootAccessFault.NotAFile,
        _ => RootAccessFault.Denied,
    };

    public RootAccessFault? Probe(string path, out EntryKind kind)
    {
        kind = EntryKind.None;
        using var root = new Hold(_root);
        var descriptor = OpenStrict(root.Descriptor, path, LinuxCalls.PathOnly | LinuxCalls.NoFollow | LinuxCalls.CloseOnExec, out var fault);
        if (descriptor < 0) return fault ?? RootAccessFault.NotFound;
        var known = TryStat(descriptor, out var status);
        _ = LinuxCalls.Close(descriptor);
        kind = known ? status.Kind : EntryKind.None;
        return known ? null : RootAccessFault.Denied;
    }

    public string? ReadLink(string path)
    {
        using var root = new Hold(_root);
        var descriptor = OpenStrict(root.Descriptor, path, LinuxCalls.PathOnly | LinuxCalls.NoFollow | LinuxCalls.CloseOnExec, out _);
        if (descriptor < 0) return null;
        Span<byte> target = new byte[4096];
        byte empty = 0;
        nint length;
        fixed (byte* into = target) length = LinuxCalls.ReadLink(descriptor, &empty, into, target.Length);
        _ = LinuxCalls.Close(descriptor);
        return length > 0 && Utf8.IsValid(target[..(int)length]) ? Encoding.UTF8.GetString(target[..(int)length]) : null;
    }

    protected override void Dispose(bool disposing)
    {
        _root.Dispose();
        base.Dispose(disposing);
    }

    private bool HasOpenBeneath()
    {
        using var root = new Hold(_root);
        var probe = OpenStrict(root.Descriptor, ".", LinuxCalls.PathOnly | LinuxCalls.CloseOnExec, out _);
        if (probe >= 0) _ = LinuxCalls.Close(probe);
        return probe >= 0 || LinuxCalls.Error is not (NoSystemCall or NotPermitted);
    }

    /// <summary>A descriptor of a regular file with its stamp, or -1 and the fault. A link that is swapped in meanwhile is resolved again.</summary>
    private int OpenFile(int root, RepoPath path, int flags, out FileStamp stamp, out RepoPath real, out RootAccessFault fault)
    {
        stamp = default;
        real = path;
        var followed = path.Value;
        for (var attempt = 0; attempt < SwapRetries; attempt++)
        {
            var file = OpenStrict(root, followed, flags, out var refusal);
            if (file >= 0 && attempt == 0) real = PathText.Normalize(path);
            if (file >= 0) return OnlyRegular(file, out stamp, out fault);
            fault = refusal ?? RootAccessFault.NotFound;
            if (refusal is not null) return -1;
            if (new LinkResolver(this).Resolve(path.Value, LinkRule.Follow, out followed) is { } leads)
            {
                fault = leads;
                return -1;
            }
            real = new(followed);
        }
        fault = RootAccessFault.Denied;
        return -1;
    }

    private static int OnlyRegular(int file, out FileStamp stamp, out RootAccessFault fault)
    {
        var known = TryStat(file, out var status);
        stamp = status.Stamp;
        fault = known ? RootAccessFault.NotAFile : RootAccessFault.Denied;
        if (known && status.Kind == EntryKind.File) return file;
        _ = LinuxCalls.Close(file);
        return -1;
    }

    /// <summary>openat2 with links forbidden: a descriptor; or -1 with the fault, which is null when a link is in the way.</summary>
    [SkipLocalsInit]
    private static int OpenStrict(int root, string path, int flags, out RootAccessFault? fault, bool isFolder = false)
    {
        var utf8 = stackalloc byte[PathText.MaxBytes + 1];
        fault = PathText.Encode(path, new(utf8, PathText.MaxBytes + 1));
        if (fault is not null) return -1;
        for (var attempt = 0; ; attempt++)
        {
            var descriptor = LinuxCalls.OpenBeneath(root, utf8, flags, LinuxCalls.Beneath | LinuxCalls.NoLinks | LinuxCalls.NoMagicLinks);
            if (descriptor >= 0) return descriptor;
            var error = LinuxCalls.Error;
            // EAGAIN: something was renamed while the kernel looked at a "..".
            if (error is Interrupted or TryAgain && attempt < 64) continue;
            fault = error == TooManyLinks ? null : FaultOf(error, isFolder);
            return -1;
        }
    }

    private int ReadOnce(int root, ref byte[] buffer, RepoPath path, long maxBytes, out FileStamp stamp, out RepoPath real, out bool changed)
    {
        var file = OpenFile(root, path, FileFlags, out var before, out real, out var fault);
        if (file < 0) throw Refused(fault, path);
        try
        {
            var length = ReadAll(file, ref buffer, before.Bytes, maxBytes, path);
            stamp = TryStat(file, out var status) ? status.Stamp : default;
            // The length is no proof against change: file systems such as /proc say 0 for a file that has text.
            changed = stamp != before;
            return length;
        }
        finally
        {
            _ = LinuxCalls.Close(file);
        }
    }

    private static int ReadAll(int file, ref byte[] buffer, long expected, long maxBytes, RepoPath path)
    {
        if (expected > maxBytes) return -1;
        if (buffer.Length <= expected) buffer = GC.AllocateUninitializedArray<byte>(checked((int)Math.Max(expected + 1, Math.Min(buffer.Length * 2L, Array.MaxLength))));
        var length = 0;
        while (true)
        {
            if (length == buffer.Length) Array.Resize(ref buffer, checked((int)Math.Min(length * 2L + 4096, Array.MaxLength)));
            var read = ReadSome(file, buffer.AsSpan(length));
            if (read < 0) throw Refused(RootAccessFault.Denied, path);
            if (read == 0) return length;
            length += read;
            if (length > maxBytes) return -1;
        }
    }

    internal static int ReadSome(int file, Span<byte> into)
    {
        fixed (byte* address = into)
            while (true)
            {
                var read = LinuxCalls.Read(file, address, into.Length);
                if (read >= 0 || LinuxCalls.Error != Interrupted) return (int)read;
            }
    }

    /// <summary>Keeps a handle from being closed, and its number from being reused, while a call is under way.</summary>
    internal readonly ref struct Hold : IDisposable
    {
        private readonly SafeFileHandle _handle;

        public Hold(SafeFileHandle handle)
        {
            var held = false;
            handle.DangerousAddRef(ref held);
            _handle = handle;
        }

        public int Descriptor => (int)_handle.DangerousGetHandle();

        public void Dispose() => _handle.DangerousRelease();
    }
}
