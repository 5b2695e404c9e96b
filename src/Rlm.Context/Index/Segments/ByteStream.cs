using System.Buffers;

namespace Rlm.Context.Index.Segments;

/// <summary>Goes through a part of a segment from first to last. For one thread.</summary>
internal sealed class ByteStream : IDisposable
{
    private const int BlockBytes = CheckedWriter.BlockBytes, WindowBytes = 8 * BlockBytes;

    private readonly CheckedReader _reader;
    private readonly long _end;
    private byte[]? _own;
    private byte[] _window = [];
    private long _windowStart;
    private int _at, _filled;

    /// <summary>Before the first byte; nothing is read yet.</summary>
    /// <param name="reader">Where from.</param>
    /// <param name="start">The first byte.</param>
    /// <param name="end">Behind the last.</param>
    /// <param name="isLong">Whether to read many blocks at once, past those that are kept.</param>
    public ByteStream(CheckedReader reader, long start, long end, bool isLong)
    {
        if (start < 0 || start > end || end > reader.Length) throw Damaged();
        (_reader, _end, _windowStart) = (reader, end, start);
        if (isLong) _own = ArrayPool<byte>.Shared.Rent(WindowBytes);
    }

    /// <summary>Where the next byte lies.</summary>
    public long Position => _windowStart + _at;

    /// <summary>How many bytes come.</summary>
    public long Left => _end - Position;

    /// <summary>Whether there are no more bytes.</summary>
    public bool IsAtEnd => Position >= _end;

    /// <summary>Some of the next bytes, at least one; empty at the end.</summary>
    public ReadOnlySpan<byte> Peek()
    {
        if (_at >= _filled && !IsAtEnd) Fill();
        return _window.AsSpan(_at, _filled - _at);
    }

    /// <summary>Leaves out bytes.</summary>
    public void Skip(long count)
    {
        if (count < 0 || count > _end - Position) throw Damaged();
        if (count <= _filled - _at) _at += (int)count;
        else (_windowStart, _at, _filled) = (Position + count, 0, 0);
    }

    /// <summary>The next byte.</summary>
    public byte ReadByte()
    {
        if (_at >= _filled) Fill();
        return _window[_at++];
    }

    /// <summary>The next base-128 number.</summary>
    public uint ReadNumber()
    {
        uint number = 0;
        for (var shift = 0; ; shift += 7)
        {
            uint value = ReadByte();
            number |= (value & 0x7F) << shift;
            if (value < 0x80) return number;
            if (shift == 28) throw Damaged();
        }
    }

    /// <summary>Fills the buffer with the next bytes.</summary>
    public void Read(Span<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var part = Peek();
            if (part.IsEmpty) throw Damaged();
            part = part[..Math.Min(part.Length, buffer.Length)];
            part.CopyTo(buffer);
            buffer = buffer[part.Length..];
            _at += part.Length;
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _own, null) is { } own) ArrayPool<byte>.Shared.Return(own);
        (_window, _at, _filled) = ([], 0, 0);
    }

    private void Fill()
    {
        var position = Position;
        if (position >= _end) throw Damaged();
        var block = position - (position % BlockBytes);
        if (_own is null) _window = _reader.BlockAt(block);
        else
        {
            _window = _own;
            var blocks = (Math.Min(_end - block, WindowBytes) + BlockBytes - 1) / BlockBytes;
            _reader.ReadBlocks(_window.AsSpan(0, (int)blocks * BlockBytes), block);
        }
        (_windowStart, _at) = (block, (int)(position - block));
        _filled = (int)Math.Min(_own is null ? BlockBytes : WindowBytes, _end - block);
    }

    private static IndexDamagedException Damaged() => new("what is stored leads outside");
}
