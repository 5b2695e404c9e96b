using System.Text;
using System.Text.Unicode;

namespace Rlm.Context.Files;

/// <summary>
/// One folder at a time, held open: its entries with their raw names, then stats and first bytes of its files. Made for walks over
/// 100,000 files: reused from folder to folder, it allocates nothing per entry. Links are never followed. Not for two threads at once.
/// <code>
/// using var scanner = root.NewScanner();
/// scanner.Open(folder);
/// for (var i = 0; i &lt; scanner.Count; i++)
///     if (scanner.KindOf(i) == EntryKind.File) scanner.Stat(i, out var stamp);
/// </code>
/// </summary>
internal abstract class FolderScanner : IDisposable
{
    /// <summary>The longest name that a file system here may have, in bytes.</summary>
    public const int MaxNameBytes = 1024;

    private readonly List<Slot> _slots = [];

    private readonly record struct Slot(int Start, int Length, EntryKind Kind);

    /// <summary>Names, each followed by a NUL; pinned, so that the system can be handed addresses.</summary>
    protected byte[] Buffer { get; private set; } = GC.AllocateUninitializedArray<byte>(1 << 16, pinned: true);

    /// <summary>How many entries the folder has.</summary>
    public int Count => _slots.Count;

    /// <summary>Opens and lists a folder in place of the one before. No link is followed on the way.</summary>
    /// <exception cref="RootAccessException">It cannot be listed.</exception>
    public void Open(RepoPath folder) => Open(folder, null);

    /// <summary>The same; <paramref name="opened"/> is handed the folder's descriptor before it is listed, where there is one.</summary>
    /// <exception cref="RootAccessException">It cannot be listed.</exception>
    public void Open(RepoPath folder, Action<int>? opened)
    {
        _slots.Clear();
        Load(folder, opened);
    }

    /// <summary>The bytes of a name, without its NUL.</summary>
    public ReadOnlySpan<byte> NameOf(int entry) => Buffer.AsSpan(_slots[entry].Start, _slots[entry].Length);

    /// <summary>What an entry is, links not followed.</summary>
    public EntryKind KindOf(int entry) => _slots[entry].Kind;

    /// <summary>Decodes a name into <paramref name="chars"/> (at least <see cref="MaxNameBytes"/>); false when it is not valid UTF-8.</summary>
    public bool TryDecode(int entry, Span<char> chars, out int length) =>
        Utf8.ToUtf16(NameOf(entry), chars, out _, out length, replaceInvalidSequences: false) == System.Buffers.OperationStatus.Done;

    /// <summary>The stamp of a regular file, by null; else why there is none.</summary>
    public abstract RootAccessFault? Stat(int entry, out FileStamp stamp);

    /// <summary>Fills the buffer with the first bytes of a regular file and says how many; -1 with a fault when there is no such file.</summary>
    public abstract int ReadHead(int entry, Span<byte> head, out FileStamp stamp, out RootAccessFault fault);

    /// <summary>A name with every byte that is not plain ASCII as <c>\xff</c>: stable, and never one that can be opened.</summary>
    public static string EscapeBytes(ReadOnlySpan<byte> name)
    {
        var builder = new StringBuilder(name.Length + 16);
        while (!name.IsEmpty)
        {
            var valid = Rune.DecodeFromUtf8(name, out var rune, out var used) == System.Buffers.OperationStatus.Done;
            if (valid) builder.Append(rune);
            else foreach (var part in name[..used]) builder.Append("\\x").Append(Convert.ToHexStringLower([part]));
            name = name[used..];
        }
        return NameEscaping.Escape(builder.ToString());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lists the folder through <see cref="Add"/>.</summary>
    protected abstract void Load(RepoPath folder, Action<int>? opened);

    /// <summary>Releases the folder.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }

    /// <summary>Where an entry's name begins in <see cref="Buffer"/>.</summary>
    protected int StartOf(int entry) => _slots[entry].Start;

    /// <summary>Takes one entry whose name already stands in <see cref="Buffer"/>.</summary>
    protected void Add(int start, int length, EntryKind kind) => _slots.Add(new(start, length, kind));

    /// <summary>Makes room for so many bytes; what stands there stays.</summary>
    protected void Reserve(int length)
    {
        if (length <= Buffer.Length) return;
        var larger = GC.AllocateUninitializedArray<byte>(Math.Max(length, checked(Buffer.Length * 2)), pinned: true);
        Buffer.CopyTo(larger, 0);
        Buffer = larger;
    }
}
