using System.Text;

namespace Rlm.Context.Files.Portable;

/// <summary>The folder reader over full paths: as exact as the Linux one, slower.</summary>
internal sealed class PortableFolderScanner(PortableRootFolder root, IFileCalls calls) : FolderScanner
{
    private RepoPath _folder;
    private string _fullName = "";

    public override RootAccessFault? Stat(int entry, out FileStamp stamp)
    {
        stamp = default;
        if (Look(entry, out var status) is { } fault) return fault;
        stamp = status.Stamp;
        return status.Kind == EntryKind.File ? null : RootAccessFault.NotAFile;
    }

    public override int ReadHead(int entry, Span<byte> head, out FileStamp stamp, out RootAccessFault fault)
    {
        stamp = default;
        fault = Look(entry, out var seen) ?? RootAccessFault.NotAFile;
        if (seen.Kind != EntryKind.File) return -1;
        var name = Encoding.UTF8.GetString(NameOf(entry));
        fault = RootAccessFault.Denied; // there, but not to be had under this name
        if (!calls.IsOpenable(name)) return -1;
        using var handle = root.OpenSeen(_folder.Combine(name).Value, seen, out stamp, out fault);
        return handle is null ? -1 : RandomAccess.Read(handle, head, 0);
    }

    protected override void Load(RepoPath folder, Action<int>? opened)
    {
        var fault = root.LookAtFolder(folder, out _fullName);
        _folder = PathText.Normalize(folder);
        var end = 0;
        fault ??= calls.List(_fullName, (name, kind) =>
        {
            Reserve(end + name.Length + 1);
            name.CopyTo(Buffer.AsSpan(end));
            Buffer[end + name.Length] = 0;
            Add(end, name.Length, kind ?? KindByStat(name));
            end += name.Length + 1;
        });
        // Looked at again: the folder may have been swapped for a link while it was listed.
        fault ??= root.LookAtFolder(folder, out _);
        if (fault is { } why) throw new RootAccessException(why, $"'{NameEscaping.Escape(folder.Value)}' cannot be listed.");
    }

    private EntryKind KindByStat(ReadOnlySpan<byte> name) =>
        calls.Stat(Path.Join(_fullName, Encoding.UTF8.GetString(name)), out var status) is null ? status.Kind : EntryKind.Special;

    private RootAccessFault? Look(int entry, out EntryStatus status) =>
        calls.Stat(Path.Join(_fullName, Encoding.UTF8.GetString(NameOf(entry))), out status);
}
