using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Rlm.Context.Index.Segments;
using Rlm.Context.Index.Storage;

namespace Rlm.Context.History.Indexing;

/// <summary>
/// A <see cref="CommitIndex"/> on disk, in one file that is replaced as a whole: a header, the columns, and a checksum over all of it. Anything that is not as it was
/// written counts as not there: it is derived data.
/// <code>
/// "RLMH" version commits ids parents changes path-bytes | columns … | crc32c
/// </code>
/// </summary>
internal sealed class CommitIndexFile(IIndexFiles files)
{
    private const string Name = "commits", LockName = "commits.lock";
    private const uint Magic = 0x484D4C52;
    private const int Version = 1, Words = 7, HeaderBytes = Words * sizeof(int);

    /// <summary>The index; null when there is none, or it is damaged.</summary>
    public CommitIndex? Read()
    {
        try
        {
            using var file = files.Open(Name);
            if (file is null || file.Length is < HeaderBytes + 4 or > int.MaxValue) return null;
            var bytes = new byte[file.Length];
            for (var at = 0; at < bytes.Length;)
                if (file.Read(bytes.AsSpan(at), at) is var read and > 0) at += read;
                else return null;
            return Checksum.Of(bytes.AsSpan(0, bytes.Length - 4)) == BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(bytes.Length - 4)) ? Decode(bytes.AsSpan(0, bytes.Length - 4)) : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>How many commits the file says that it has, and its length: changes whenever it is replaced; 0 when there is none.</summary>
    public (int Commits, long Bytes) Glance()
    {
        try
        {
            using var file = files.Open(Name);
            var header = new byte[HeaderBytes];
            return file is not null && file.Read(header, 0) == HeaderBytes && BinaryPrimitives.ReadUInt32LittleEndian(header) == Magic ? (BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(8)), file.Length) : default;
        }
        catch (IOException)
        {
            return default;
        }
    }

    /// <summary>Takes the one writer; null while another process has it.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public IDisposable? Lock() => files.TryLock(LockName);

    /// <summary>Replaces the file.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(CommitIndex index)
    {
        var name = Name + ".new";
        using (var output = files.Create(name))
        {
            var bytes = Encode(index.Columns);
            var seal = new byte[4];
            BinaryPrimitives.WriteUInt32LittleEndian(seal, Checksum.Of(bytes));
            output.Write(bytes);
            output.Write(seal);
            output.Sync();
        }
        files.Rename(name, Name);
        files.SyncFolder();
    }

    private static byte[] Encode(CommitColumns columns)
    {
        var paths = Encoding.UTF8.GetBytes(string.Join('\0', columns.Paths));
        var all = new MemoryStream();
        foreach (var word in (ReadOnlySpan<int>)[unchecked((int)Magic), Version, columns.Count, columns.Ids.Length, columns.Parents.Length, columns.Changes.Length, paths.Length]) all.Write(BitConverter.GetBytes(word));
        foreach (var id in columns.Ids.Concat(columns.Trees))
        {
            var raw = new byte[GitId.Bytes];
            id.CopyTo(raw);
            all.Write(raw);
        }
        all.Write(MemoryMarshal.AsBytes<long>(columns.Times));
        foreach (var numbers in (int[][])[columns.ParentStarts, columns.Parents, columns.ChangeStarts, columns.Changes]) all.Write(MemoryMarshal.AsBytes<int>(numbers));
        all.Write(columns.Kinds);
        all.Write(paths);
        return all.ToArray();
    }

    private static CommitIndex? Decode(ReadOnlySpan<byte> bytes)
    {
        var header = MemoryMarshal.Cast<byte, int>(bytes[..HeaderBytes]);
        if ((uint)header[0] != Magic || header[1] != Version) return null;
        var (count, ids, parents, changes, paths) = (header[2], header[3], header[4], header[5], header[6]);
        var expected = HeaderBytes + ((long)(ids + count) * GitId.Bytes) + (8L * count) + (4L * (count + 1 + parents + count + 1 + changes)) + changes + paths;
        if (count < 0 || ids < count || parents < 0 || changes < 0 || paths < 0 || expected != bytes.Length) return null;
        var left = bytes[HeaderBytes..];
        var columns = new CommitColumns
        {
            Count = count,
            Ids = Names(ref left, ids),
            Trees = Names(ref left, count),
            Times = Numbers<long>(ref left, count),
            ParentStarts = Numbers<int>(ref left, count + 1),
            Parents = Numbers<int>(ref left, parents),
            ChangeStarts = Numbers<int>(ref left, count + 1),
            Changes = Numbers<int>(ref left, changes),
            Kinds = Numbers<byte>(ref left, changes),
            Paths = paths == 0 ? [] : Encoding.UTF8.GetString(left).Split('\0'),
        };
        return IsSound(columns) ? new(columns) : null;
    }

    private static bool IsSound(CommitColumns columns) =>
        Ascends(columns.ParentStarts, columns.Parents.Length) && Ascends(columns.ChangeStarts, columns.Changes.Length)
        && Array.TrueForAll(columns.Parents, parent => (uint)parent < columns.Ids.Length) && Array.TrueForAll(columns.Changes, path => (uint)path < columns.Paths.Length);

    private static bool Ascends(int[] starts, int end)
    {
        for (var at = 1; at < starts.Length; at++)
            if (starts[at] < starts[at - 1]) return false;
        return starts[0] == 0 && starts[^1] == end;
    }

    private static GitId[] Names(ref ReadOnlySpan<byte> left, int count)
    {
        var names = new GitId[count];
        for (var at = 0; at < count; at++, left = left[GitId.Bytes..]) names[at] = new(left);
        return names;
    }

    private static T[] Numbers<T>(ref ReadOnlySpan<byte> left, int count) where T : unmanaged
    {
        var numbers = new T[count];
        var bytes = MemoryMarshal.AsBytes(numbers.AsSpan());
        left[..bytes.Length].CopyTo(bytes);
        left = left[bytes.Length..];
        return numbers;
    }
}
