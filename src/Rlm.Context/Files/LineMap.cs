namespace Rlm.Context.Files;

/// <summary>
/// Where each line of a text begins. A line ends at LF or CRLF only (never at a lone CR, NEL or U+2028), and a final
/// newline opens no further line. The one place where offsets (UTF-16, zero-based) and line numbers (one-based) meet.
/// </summary>
public sealed class LineMap
{
    private readonly string _text;
    private readonly int[] _starts;

    /// <summary>Maps <paramref name="text"/>; O(length).</summary>
    public LineMap(string text)
    {
        _text = text;
        var starts = new List<int>(text.Length / 32 + 1);
        if (text.Length > 0) starts.Add(0);
        for (var at = text.IndexOf('\n'); at >= 0 && at + 1 < text.Length; at = text.IndexOf('\n', at + 1)) starts.Add(at + 1);
        _starts = [.. starts];
    }

    /// <summary>Number of lines; 0 for an empty text.</summary>
    public int Count => _starts.Length;

    /// <summary>Line (from 1) that holds the offset (from 0); an offset at or past the end belongs to the last line. 1 for an empty text.</summary>
    public int LineOf(int offset)
    {
        var at = Array.BinarySearch(_starts, offset);
        return Math.Max(1, at >= 0 ? at + 1 : ~at);
    }

    /// <summary>Offset (from 0) at which a line (from 1) begins.</summary>
    public int StartOf(int line) => _starts[line - 1];

    /// <summary>Offset just behind the line's terminator.</summary>
    public int EndWithBreak(int line) => line < _starts.Length ? _starts[line] : _text.Length;

    /// <summary>Offset just behind the line's last character, before its terminator.</summary>
    public int EndOf(int line)
    {
        int start = StartOf(line), end = EndWithBreak(line);
        if (end > start && _text[end - 1] == '\n') end--;
        if (end < EndWithBreak(line) && end > start && _text[end - 1] == '\r') end--;
        return end;
    }

    /// <summary>The line's text without its terminator.</summary>
    public ReadOnlySpan<char> Line(int line) => _text.AsSpan(StartOf(line), EndOf(line) - StartOf(line));

    /// <summary>All text of the lines, terminators included.</summary>
    public ReadOnlySpan<char> Lines(LineRange range) =>
        range.Count <= 0 ? default : _text.AsSpan(StartOf(range.Start), EndWithBreak(range.End) - StartOf(range.Start));

    /// <summary>The whole text as a range; 1-0 when empty.</summary>
    public LineRange All => new(1, Count);
}
