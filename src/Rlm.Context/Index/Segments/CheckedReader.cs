using System.Buffers.Binary;
using Rlm.Context.Index.Storage;

namespace Rlm.Context.Index.Segments;

/// <summary>
/// Reads what <see cref="CheckedWriter"/> wrote. A block is checked whenever it is brought in; some are kept, at most <see cref="KeptBlocks"/>.
/// Whatever is not as it was written throws <see cref="IndexDamagedException"/>. Safe to use from many threads.
/// </summary>
internal sealed class CheckedReader
{
    private const int KeptBits = 8, KeptBlocks = 1 << KeptBits, BlockBytes = CheckedWriter.BlockBytes;

    private readonly IIndexFile _file;
    private readonly long _start;
    private readonly uint[] _checksums;
    private readonly Kept?[] _kept = new Kept?[KeptBlocks];

    /// <summary>Reads the checksums.</summary>
    /// <param name="file">The file.</param>
    /// <param name="start">Where the first block starts in it. Offsets count from there.</param>
    /// <param name="end">Where the file was written to.</param>
    /// <param name="seal">The checksum over its checksums.</param>
    public CheckedReader(IIndexFile file, long start, long end, uint seal)
    {
        (_file, _start) = (file, start);
        var (blocks, rest) = Math.DivRem(end - start, BlockBytes + sizeof(uint));
        if (file.Length != end || start < 0 || blocks <= 0 || rest != 0 || blocks > int.MaxValue / BlockBytes * 4L) throw new IndexDamagedException("a segment has another length");
        var table = new byte[blocks * sizeof(uint)];
        file.ReadWhole(table, start + (blocks * BlockBytes));
        if (Checksum.Of(table) != seal) throw new IndexDamagedException("a segment's checksums are wrong");
        _checksums = new uint[blocks];
        for (var index = 0; index < blocks; index++) _checksums[index] = BinaryPrimitives.ReadUInt32LittleEndian(table.AsSpan(index * sizeof(uint)));
    }

    /// <summary>How many bytes were written, filling included.</summary>
    public long Length => (long)_checksums.Length * BlockBytes;

    /// <summary>The block that holds an offset, whole; not to be changed.</summary>
    public byte[] BlockAt(long offset)
    {
        if (offset < 0 || offset >= Length) throw Outside();
        var number = (int)(offset / BlockBytes);
        // Spread, so that two places that are read in step do not drive each other out.
        ref var place = ref _kept[((uint)number * 2654435769u) >> (32 - KeptBits)];
        var kept = Volatile.Read(ref place);
        if (kept is null || kept.Number != number)
        {
            kept = new(number, GC.AllocateUninitializedArray<byte>(BlockBytes));
            ReadBlocks(kept.Bytes, (long)number * BlockBytes);
            Volatile.Write(ref place, kept);
        }
        return kept.Bytes;
    }

    /// <summary>Fills the buffer from an offset, through the kept blocks.</summary>
    public void Read(Span<byte> buffer, long offset)
    {
        while (!buffer.IsEmpty)
        {
            var rest = BlockAt(offset).AsSpan((int)(offset % BlockBytes));
            var part = rest[..Math.Min(rest.Length, buffer.Length)];
            part.CopyTo(buffer);
            buffer = buffer[part.Length..];
            offset += part.Length;
        }
    }

    /// <summary>Fills the buffer with whole blocks, in one go and past those that are kept.</summary>
    /// <param name="buffer">As long as some blocks.</param>
    /// <param name="offset">Where the first starts.</param>
    public void ReadBlocks(Span<byte> buffer, long offset)
    {
        if (offset < 0 || offset > Length - buffer.Length) throw Outside();
        _file.ReadWhole(buffer, _start + offset);
        for (var number = (int)(offset / BlockBytes); !buffer.IsEmpty; number++, buffer = buffer[BlockBytes..])
            if (Checksum.Of(buffer[..BlockBytes]) != _checksums[number]) throw new IndexDamagedException("a block's checksum is wrong");
    }

    private static IndexDamagedException Outside() => new("an offset leads outside");

    private sealed record Kept(int Number, byte[] Bytes);
}
