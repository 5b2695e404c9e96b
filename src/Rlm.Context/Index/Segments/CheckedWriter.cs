using System.Buffers.Binary;
using Rlm.Context.Index.Storage;

namespace Rlm.Context.Index.Segments;

/// <summary>Writes blocks of <see cref="BlockBytes"/>, and behind them the checksum of each. What <see cref="CheckedReader"/> reads.</summary>
internal sealed class CheckedWriter(IIndexOutput output)
{
    /// <summary>The unit that is read and checked at once.</summary>
    public const int BlockBytes = 16 << 10;

    private readonly byte[] _block = new byte[BlockBytes];
    private readonly List<uint> _checksums = [];
    private int _filled;

    /// <summary>Where the next byte goes.</summary>
    public long Position => ((long)_checksums.Count * BlockBytes) + _filled;

    /// <summary>Appends.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var part = bytes[..Math.Min(bytes.Length, BlockBytes - _filled)];
            part.CopyTo(_block.AsSpan(_filled));
            _filled += part.Length;
            bytes = bytes[part.Length..];
            if (_filled == BlockBytes) EndBlock();
        }
    }

    /// <summary>Appends a number of base 128: seven bits a byte, the lowest first, the eighth set in all but the last.</summary>
    public void WriteNumber(uint number)
    {
        for (; number >= 0x80; number >>= 7) Write((byte)(number | 0x80));
        Write((byte)number);
    }

    /// <summary>Appends one byte.</summary>
    public void Write(byte value)
    {
        _block[_filled++] = value;
        if (_filled == BlockBytes) EndBlock();
    }

    /// <summary>Fills up the block, so that what follows begins a new one.</summary>
    public void Align()
    {
        if (_filled == 0) return;
        _block.AsSpan(_filled).Clear();
        EndBlock();
    }

    /// <summary>Ends the file; gives how many bytes were written through this and the checksum over its checksums, which are to be kept elsewhere.</summary>
    public (long Length, uint Seal) Finish()
    {
        Align();
        var table = new byte[_checksums.Count * sizeof(uint)];
        for (var index = 0; index < _checksums.Count; index++) BinaryPrimitives.WriteUInt32LittleEndian(table.AsSpan(index * sizeof(uint)), _checksums[index]);
        output.Write(table);
        output.Sync();
        return (Position + table.Length, Checksum.Of(table));
    }

    private void EndBlock()
    {
        _checksums.Add(Checksum.Of(_block));
        output.Write(_block);
        _filled = 0;
    }
}
