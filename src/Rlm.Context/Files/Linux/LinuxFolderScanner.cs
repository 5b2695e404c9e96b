using System.Buffers.Binary;

namespace Rlm.Context.Files.Linux;

/// <summary>getdents64, statx and openat relative to one folder's descriptor: three cheap calls where a path from the root would be resolved again each time.</summary>
internal sealed unsafe class LinuxFolderScanner(LinuxRootFolder root) : FolderScanner
{
    // struct linux_dirent64: inode 8, offset 8, record length 2, type 1, name.
    private const int LengthAt = 16, TypeAt = 18, NameAt = 19, ChunkBytes = 1 << 15;

    private const int FileFlags = LinuxCalls.ReadOnly | LinuxCalls.NonBlocking | LinuxCalls.NoTerminal | LinuxCalls.CloseOnExec;

    private int _folder = -1;

    public override RootAccessFault? Stat(int entry, out FileStamp stamp)
    {
        StatX status;
        stamp = default;
        if (LinuxCalls.Stat(_folder, NameAddress(StartOf(entry)), LinuxCalls.SymlinkNoFollow | LinuxCalls.NoAutomount, LinuxCalls.StampFields, &status) != 0)
            return LinuxRootFolder.FaultOf(LinuxCalls.Error, isFolder: false);
        stamp = status.Stamp;
        return status.Kind == EntryKind.File ? null : RootAccessFault.NotAFile;
    }

    public override int ReadHead(int entry, Span<byte> head, out FileStamp stamp, out RootAccessFault fault)
    {
        stamp = default;
        var file = LinuxCalls.OpenAt(_folder, NameAddress(StartOf(entry)), FileFlags | LinuxCalls.NoFollow);
        if (file < 0)
        {
            fault = LinuxRootFolder.FaultOf(LinuxCalls.Error, isFolder: false);
            return -1;
        }
        var length = ReadRegular(file, head, out stamp, out fault);
        _ = LinuxCalls.Close(file);
        return length;
    }

    protected override void Load(RepoPath folder, Action<int>? opened)
    {
        Close();
        _folder = root.OpenFolder(folder);
        opened?.Invoke(_folder);
        var end = 0;
        while (true)
        {
            Reserve(end + ChunkBytes);
            int read;
            fixed (byte* buffer = Buffer) read = LinuxCalls.ListFolder(_folder, buffer + end, Buffer.Length - end);
            if (read < 0) throw new RootAccessException(LinuxRootFolder.FaultOf(LinuxCalls.Error, isFolder: true), $"'{NameEscaping.Escape(folder.Value)}' cannot be listed.");
            if (read == 0) return;
            AddRecords(end, end + read);
            end += read;
        }
    }

    protected override void Dispose(bool disposing)
    {
        Close();
        base.Dispose(disposing);
    }

    private static int ReadRegular(int file, Span<byte> head, out FileStamp stamp, out RootAccessFault fault)
    {
        fault = RootAccessFault.Denied;
        stamp = default;
        if (!LinuxRootFolder.TryStat(file, out var status)) return -1;
        stamp = status.Stamp;
        fault = status.Kind == EntryKind.File ? RootAccessFault.Denied : RootAccessFault.NotAFile;
        return status.Kind == EntryKind.File ? LinuxRootFolder.ReadSome(file, head) : -1;
    }

    private void AddRecords(int at, int end)
    {
        while (at < end)
        {
            var record = Buffer.AsSpan(at, BinaryPrimitives.ReadUInt16LittleEndian(Buffer.AsSpan(at + LengthAt)));
            var name = record[NameAt..];
            name = name[..name.IndexOf((byte)0)];
            if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8))
                Add(at + NameAt, name.Length, UnixModes.KindOfEntry(record[TypeAt]) ?? KindByStat(at + NameAt));
            at += record.Length;
        }
    }

    private EntryKind KindByStat(int name)
    {
        StatX status;
        return LinuxCalls.Stat(_folder, NameAddress(name), LinuxCalls.SymlinkNoFollow | LinuxCalls.NoAutomount, LinuxCalls.StampFields, &status) == 0
            ? status.Kind
            : EntryKind.Special;
    }

    /// <summary>The buffer is pinned for life, so the address holds as long as the buffer is not exchanged.</summary>
    private byte* NameAddress(int start) => (byte*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(Buffer, start);

    private void Close()
    {
        if (_folder >= 0) _ = LinuxCalls.Close(_folder);
        _folder = -1;
    }
}
