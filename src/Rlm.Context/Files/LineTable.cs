namespace Rlm.Context.Files;

/// <summary>
/// Where every 1,024th line of a large file begins: 8 bytes for some 100 kB of text, so it can be kept for as long as its stamp holds.
/// Made by one pass over the file that counts newlines by vector instructions.
/// </summary>
public sealed class LineTable
{
    private const int Stride = 1024, StepBytes = 4096;

    private readonly List<long> _starts = [];
    private long _newlines;

    private LineTable(FileStamp stamp) => Stamp = stamp;

    /// <summary>The version of the file that it describes.</summary>
    public FileStamp Stamp { get; }

    /// <summary>Number of lines; 0 for an empty file. A final newline opens no further line.</summary>
    public int LineCount { get; private set; }

    internal static LineTable Make(LargeFile file, FileStamp stamp, CancellationToken cancellationToken)
    {
        var table = new LineTable(stamp);
        var buffer = new byte[1 << 18];
        var at = file.Start;
        var endsLine = true;
        table._starts.Add(at);
        for (int read; (read = file.Read(buffer, at)) > 0; at += read)
        {
            cancellationToken.ThrowIfCancellationRequested();
            table.Take(file.Units, buffer.AsSpan(0, read), at);
            var last = buffer.AsSpan(0, read)[^(Math.Min(read, file.Units.Width))..];
            endsLine = file.Units.AfterNewline(last) > 0;
        }
        table.LineCount = checked((int)(table._newlines + (endsLine ? 0 : 1)));
        return table;
    }

    /// <summary>Byte offset at which a known line at or before <paramref name="line"/> (from 1) begins, and that line.</summary>
    internal (long Offset, int Line) Before(int line)
    {
        var entry = (line - 1) / Stride;
        return (_starts[entry], (entry * Stride) + 1);
    }

    private void Take(TextUnits units, ReadOnlySpan<byte> bytes, long at)
    {
        for (var step = 0; step < bytes.Length; step += StepBytes)
        {
            var part = bytes[step..Math.Min(step + StepBytes, bytes.Length)];
            var count = units.CountNewlines(part);
            if ((_newlines % Stride) + count < Stride) _newlines += count;
            else FindStarts(units, part, at + step);
        }
    }

    private void FindStarts(TextUnits units, ReadOnlySpan<byte> part, long at)
    {
        for (var offset = 0; units.AfterNewline(part[offset..]) is var next and > 0;)
        {
            offset += next;
            if (++_newlines % Stride == 0) _starts.Add(at + offset);
        }
    }
}
