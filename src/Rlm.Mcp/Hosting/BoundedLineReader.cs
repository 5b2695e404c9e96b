using ModelContextProtocol.Protocol;

namespace Rlm.Mcp.Hosting;

/// <summary>What a read of the next line gave.</summary>
internal enum LineKind
{
    /// <summary>A line, without its ending.</summary>
    Line,
    /// <summary>A line over the limit: skipped to its end.</summary>
    TooLong,
    /// <summary>The end of input.</summary>
    End,
}

/// <summary>
/// Lines of a byte stream (LF or CRLF), each up to a limit; a longer one is only skimmed for its request id and left behind at the next LF,
/// so that an endless line costs no more than the limit. (The protocol SDK's own reader has no limit: CVE-2026-63119 was the same in Ruby.)
/// A last line without an ending counts.
/// </summary>
internal sealed class BoundedLineReader(Stream input, int maxLineBytes)
{
    private const int FirstBuffer = 16 << 10, KeptBuffer = 256 << 10;

    private byte[] _buffer = new byte[Math.Min(FirstBuffer, maxLineBytes + 2)];
    private int _start, _end; // unread bytes
    private bool _ended;

    /// <summary>The last line; valid until the next read.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>The request id found in a line that was too long.</summary>
    public RequestId? SkippedId { get; private set; }

    /// <summary>Waits for the next line.</summary>
    /// <exception cref="IOException">The stream broke.</exception>
    public LineKind Read()
    {
        Line = default;
        SkippedId = null;
        Shrink();
        var searched = 0;
        while (true)
        {
            var unread = _buffer.AsSpan(_start.._end);
            var at = unread[searched..].IndexOf((byte)'\n');
            if (at >= 0) return Take(searched + at, ending: 1);
            if (TooLong(unread)) return Skim();
            searched = unread.Length;
            if (_ended) return searched == 0 ? LineKind.End : Take(searched, ending: 0);
            Fill();
        }
    }

    private LineKind Take(int length, int ending)
    {
        var line = _buffer.AsMemory(_start, length);
        _start += length + ending;
        if (line.Span.EndsWith("\r"u8)) line = line[..^1];
        if (line.Length > maxLineBytes)
        {
            SkippedId = RequestIdScanner.Find(line.Span);
            return LineKind.TooLong;
        }
        Line = line;
        return LineKind.Line;
    }

    private bool TooLong(ReadOnlySpan<byte> unread) => unread.Length > maxLineBytes + 1 || (unread.Length == maxLineBytes + 1 && unread[^1] != '\r');

    private LineKind Skim()
    {
        var scanner = new RequestIdScanner();
        while (true)
        {
            var unread = _buffer.AsSpan(_start.._end);
            var at = unread.IndexOf((byte)'\n');
            scanner.Feed(at < 0 ? unread : unread[..at]);
            _start += at < 0 ? unread.Length : at + 1;
            if (at >= 0 || _ended) break;
            Shrink();
            Fill();
        }
        SkippedId = scanner.Id;
        return LineKind.TooLong;
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start.._end).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length < KeptBuffer / 2 ? _buffer.Length * 2 : maxLineBytes + 2);
        var read = input.Read(_buffer, _end, _buffer.Length - _end);
        _ended = read == 0;
        _end += read;
    }

    // Doubling all the way would leave as much garbage again as the largest line: past a size the limit itself is allocated, and given back after use.
    private void Shrink()
    {
        if (_start < _end || _buffer.Length <= KeptBuffer) return;
        _buffer = new byte[FirstBuffer];
        _start = _end = 0;
    }
}
