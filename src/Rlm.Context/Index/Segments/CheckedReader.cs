using System.Buffers.Binary;
using Rlm.Context.Index.Storage;

namespace Rlm.Context.Index.Segments;

/// <summary>
/// Reads what <see cref="CheckedWriter"/> wrote. A block is checked whenever it is brought in; some are kept, at most <see cref="KeptBlocks"/>.
/// Whatever is not as it was written throws <see cref="IndexDamagedException"/>. Safe to use from many threads.
/// </summary>
internal sealed class CheckedReader : IDisposable
{
    private const int KeptBits = 8, KeptBlocks = 1 << KeptBits, BlockBytes = CheckedWriter.BlockBytes;

    private readonly IIndexFile _file;
    private readonly uint[] _checksums;
    private readonly Kept?[] _kept = new Kept?[KeptBlocks];

    /// <summary>Takes over the file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="length">How long it was written.</param>
    /// <param name="seal">The checksum over its checksums.</param>
    public CheckedReader(IIndexFile file, long length, uint seal)
    {
        _file = file;
        var blocks = length / (BlockBytes + sizeof(uint));
        if (file.Length != length || length % (BlockBytes + sizeof(uint)) != 0 || blocks > int.MaxValue / BlockBytes * 4L) throw new IndexDamagedException("a segment has another length");
        var table = new byte[blocks * sizeof(uint)];
        ReadFile(table, blocks * BlockBytes);
        if (Checksum.Of(table) != seal) throw new IndexDamagedException("a segment's checksums are wrong");
        _checksums = new uint[blocks];
        for (var index = 0; index < blocks; index++) _checksums[index] = BinaryPrimitives.ReadUInt32LittleEndian(table.AsSpan(index * sizeof(uint)));
    }

    /// <summary>How many bytes were written, filling included.</summary>
    public long Length => (long)_checksums.Length * BlockBytes;

    /// <summary>The block that holds an offset, whole.</summary>
    public ReadOnlySpan<byte> BlockAt(long offset)
    {
        if (offset < 0 || offset >= Length) throw new IndexDamagedException("an offset leads outside");
        var number = (int)(offset / BlockBytes);
        // Spread, so that two places that are read in step do not drive each other out.
        ref var place = ref _kept[((uint)number * 2654435769u) >> (32 - KeptBits)];
        var kept = Volatile.Read(ref place);
        if (kept is null || kept.Number != number) Volatile.Write(ref place, kept = new(number, Load(number)));
        return kept.Bytes;
    }

    /// <summary>Fills the buffer from an offset.</summary>
    public void Read(Span<byte> buffer, long offset)
    {
        while (!buffer.IsEmpty)
        {
            var rest = BlockAt(offset)[(int)(offset % BlockBytes)..];
            var part = rest[..Math.Min(rest.Length, buffer.Length)];
            part.CopyTo(buffer);
            buffer = buffer[part.Length..];
            offset += part.Length;
        }
    }

    public void Dispose() => _file.Dispose();

    private byte[] Load(int number)
    {
        var block = GC.AllocateUninitializedArray<byte>(BlockBytes);
        ReadFile(block, (long)number * BlockBytes);
        return Checksum.Of(block) == _checksums[number] ? block : throw new IndexDamagedException("a block's checksum is wrong");
    }

    private void ReadFile(Span<byte> buffer, long offset)
    {
        try
        {
            for (int read; !buffer.IsEmpty; buffer = buffer[read..], offset += read)
                if ((read = _file.Read(buffer, offset)) <= 0) throw new IndexDamagedException("a segment ends too soon");
        }
        catch (IOException fault)
        {
            throw new IndexDamagedException("a segment cannot be read", fault);
        }
    }

    private sealed record Kept(int Number, byte[] Bytes);
}
