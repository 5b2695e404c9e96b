using System.Text;

namespace Rlm.Context.Files;

/// <summary>Cuts a file into the blocks that <see cref="TextBlock"/> describes, over one buffer.</summary>
internal sealed class BlockReader(LargeFile file)
{
    internal const int BlockBytes = 1 << 20, MaxBlockBytes = 1 << 24, OverlapBytes = 1 << 16;

    private readonly Utf8Source _source = new(file);
    private byte[] _buffer = new byte[BlockBytes];
    private int _filled, _overlap, _line = 1;
    private long _column = 1;

    /// <summary>The blocks, in order.</summary>
    public IEnumerable<TextBlock> Read(CancellationToken cancellationToken)
    {
        for (var isAtEnd = false; !isAtEnd;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            isAtEnd = !Fill();
            if (_filled == 0) yield break;
            var end = isAtEnd ? _filled : _buffer.AsSpan(0, _filled).LastIndexOf((byte)'\n') + 1;
            if (end == 0 && _buffer.Length < MaxBlockBytes)
            {
                Array.Resize(ref _buffer, _buffer.Length * 2);
                continue;
            }
            var endsLine = end > 0;
            if (!endsLine) end = BoundaryBefore(_filled);
            yield return new(_buffer.AsMemory(0, end), _line, _column, _overlap, endsLine);
            Advance(end, endsLine);
        }
    }

    /// <summary>False at the end of the file.</summary>
    private bool Fill()
    {
        while (_filled < _buffer.Length)
        {
            var read = _source.Read(_buffer.AsSpan(_filled));
            if (read == 0) return false;
            _filled += read;
        }
        return true;
    }

    private void Advance(int end, bool endsLine)
    {
        var keepFrom = endsLine ? end : BoundaryBefore(end - OverlapBytes);
        var passed = _buffer.AsSpan(0, keepFrom);
        var lastNewline = passed.LastIndexOf((byte)'\n');
        _line += passed.Count((byte)'\n');
        _column = lastNewline >= 0 ? 1 : _column;
        if (!endsLine) _column += Encoding.UTF8.GetCharCount(passed[(lastNewline + 1)..]);
        _overlap = end - keepFrom;
        _buffer.AsSpan(keepFrom, _filled - keepFrom).CopyTo(_buffer);
        _filled -= keepFrom;
    }

    /// <summary>The offset, or up to three less, so that no character is split.</summary>
    private int BoundaryBefore(int offset)
    {
        for (var back = 0; back < 4 && offset - back > 0; back++)
            if (offset - back == _buffer.Length || (_buffer[offset - back] & 0xC0) != 0x80) return WholeCharacters(offset - back);
        return offset;
    }

    /// <summary>At the end of the buffer nothing shows whether the last character is complete, so it is left for the next piece.</summary>
    private int WholeCharacters(int offset)
    {
        if (offset < _buffer.Length) return offset;
        for (var back = 1; back <= 3; back++)
            if ((_buffer[offset - back] & 0xC0) != 0x80) return _buffer[offset - back] < 0x80 ? offset : offset - back;
        return offset;
    }
}

/// <summary>The bytes of a large file as UTF-8, from first to last.</summary>
internal sealed class Utf8Source(LargeFile file)
{
    private readonly byte[] _raw = file.Units.IsUtf16 ? new byte[1 << 15] : [];
    private readonly byte[] _converted = file.Units.IsUtf16 ? new byte[1 << 16] : [];
    private readonly char[] _chars = file.Units.IsUtf16 ? new char[(1 << 14) + 2] : [];
    private readonly Decoder _decoder = file.Units.Decoding.GetDecoder();
    private readonly Encoder _encoder = Encoding.UTF8.GetEncoder();
    private long _at = file.Start;
    private int _next, _end;

    /// <summary>Some more bytes; 0 at the end.</summary>
    public int Read(Span<byte> into)
    {
        if (!file.Units.IsUtf16)
        {
            var read = file.Read(into, _at);
            _at += read;
            return read;
        }
        while (_next == _end)
            if (!Convert()) return 0;
        var count = Math.Min(into.Length, _end - _next);
        _converted.AsSpan(_next, count).CopyTo(into);
        _next += count;
        return count;
    }

    private bool Convert()
    {
        var read = file.Read(_raw, _at);
        _at += read;
        var chars = _decoder.GetChars(_raw.AsSpan(0, read), _chars, flush: read == 0);
        (_next, _end) = (0, _encoder.GetBytes(_chars.AsSpan(0, chars), _converted, flush: read == 0));
        return read > 0 || _end > 0;
    }
}
