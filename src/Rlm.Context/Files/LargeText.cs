using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Rlm.Context.Files;

/// <summary>
/// Text above the indexing limit, from one open handle: lines by a sparse table, and the whole as a stream of blocks; at no time is more
/// than a few blocks of it in memory. Every result is of the version <see cref="Stamp"/>, unless <see cref="IsUnchanged"/> says no.
/// <code>
/// using var text = reader.OpenLarge(path, knownTable);
/// var slice = text.Read(new(1_000_000, 1_000_040), maxChars: 40_000);
/// foreach (var block in text.Blocks(cancellationToken)) Search(block.Utf8.Span, block.FirstLine);
/// </code>
/// Not for two threads at once.
/// </summary>
public sealed class LargeText : IDisposable
{
    private const int ChunkBytes = 1 << 16;

    private readonly RootFolder _root;
    private readonly SafeFileHandle _handle;
    private readonly LargeFile _file;
    private LineTable? _table;

    internal LargeText(RootFolder root, SafeFileHandle handle, FileStamp stamp, LineTable? known)
    {
        (_root, _handle, Stamp) = (root, handle, stamp);
        _file = new(handle, stamp.Bytes);
        _table = known?.Stamp == stamp ? known : null;
    }

    /// <summary>The version that was opened.</summary>
    public FileStamp Stamp { get; }

    /// <summary>How it is decoded; never <see cref="FileEncoding.Utf8Invalid"/>, since nobody has looked at all of it.</summary>
    public FileEncoding Encoding => _file.Units.Encoding;

    /// <summary>Number of lines; maps them first if need be.</summary>
    public int LineCount => MapLines(CancellationToken.None).LineCount;

    /// <summary>True when its first bytes are binary.</summary>
    public bool IsBinary
    {
        get
        {
            var head = new byte[TextSniffer.HeadBytes];
            return !_file.Units.IsUtf16 && TextSniffer.IsBinary(head.AsSpan(0, Math.Max(0, RandomAccess.Read(_handle, head, 0))));
        }
    }

    /// <summary>False when the file has been written to since it was opened: results may then mix two versions.</summary>
    public bool IsUnchanged => _root.StampOf(_handle) == Stamp;

    /// <summary>The line table; the first call reads the whole file once (about 1 GB a second), unless a known table was handed in.</summary>
    public LineTable MapLines(CancellationToken cancellationToken) => _table ??= LineTable.Make(_file, Stamp, cancellationToken);

    /// <summary>
    /// The text of whole lines with their terminators, as many of the range as fit into <paramref name="maxChars"/> UTF-16 units.
    /// When not even the first line fits, its beginning comes with <see cref="LargeSlice.IsCut"/>: go on with <see cref="ReadLinePart"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The lines are not all in the file.</exception>
    public LargeSlice Read(LineRange lines, int maxChars)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxChars, 2);
        CheckLine(lines.Start);
        ArgumentOutOfRangeException.ThrowIfLessThan(lines.End, lines.Start);
        CheckLine(lines.End);
        // No UTF-16 unit takes more than three bytes, so this many bytes hold more than the caller wants.
        var bytes = ReadLines(OffsetOf(lines.Start), lines.Count, ((long)maxChars * 3) + 4);
        var (text, isCut) = Fit(_file.Units.Decoding.GetString(bytes), maxChars);
        var range = new LineRange(lines.Start, isCut ? lines.Start : lines.Start + new LineMap(text).Count - 1);
        return new(text, range, isCut, HasInvalid(text, bytes));
    }

    /// <summary>
    /// Part of one line, however long the line is; columns count UTF-16 units from 1, both ends included, the terminator is not part of the line.
    /// <see cref="LinePart.ToColumn"/> may be one less than asked, so that no character is split. Cost: reading the line up to there.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such line, or the columns are not in order.</exception>
    public LinePart ReadLinePart(int line, int fromColumn, int toColumn)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fromColumn, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(toColumn, fromColumn);
        var part = new StringBuilder();
        var column = 1;
        var isLast = EachPiece(line, chars =>
        {
            var from = Math.Clamp(fromColumn - column, 0, chars.Length);
            var to = (int)Math.Clamp((long)toColumn + 1 - column, from, chars.Length);
            part.Append(chars[from..to]);
            column += chars.Length;
            return column <= toColumn;
        });
        isLast = isLast && column - 1 <= toColumn;
        if (!isLast && part.Length > 1 && char.IsHighSurrogate(part[^1])) part.Length--;
        return new(part.ToString(), fromColumn, fromColumn + part.Length - 1, isLast);
    }

    /// <summary>Length of a line in UTF-16 units, without its terminator. Cost: reading the line.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such line.</exception>
    public int LineLength(int line)
    {
        var length = 0;
        EachPiece(line, chars =>
        {
            length += chars.Length;
            return true;
        });
        return length;
    }

    /// <summary>The whole text as UTF-8 blocks, in order; needs no line table. See <see cref="TextBlock"/>.</summary>
    public IEnumerable<TextBlock> Blocks(CancellationToken cancellationToken) => new BlockReader(_file).Read(cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private void CheckLine(int line)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(line, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(line, LineCount);
    }

    private long OffsetOf(int line)
    {
        var (offset, known) = _table!.Before(line);
        var buffer = new byte[ChunkBytes];
        while (known < line)
        {
            var chunk = buffer.AsSpan(0, _file.Read(buffer, offset));
            if (chunk.IsEmpty) return offset; // the file has become shorter
            var used = 0;
            while (known < line && _file.Units.AfterNewline(chunk[used..]) is var next and > 0)
            {
                used += next;
                known++;
            }
            offset += known < line ? chunk.Length : used;
        }
        return offset;
    }

    private byte[] ReadLines(long offset, int count, long maxBytes)
    {
        var result = new MemoryStream();
        var buffer = new byte[ChunkBytes];
        while (count > 0 && result.Length < maxBytes)
        {
            var chunk = buffer.AsSpan(0, _file.Read(buffer, offset));
            if (chunk.IsEmpty) break;
            var used = 0;
            while (count > 0 && _file.Units.AfterNewline(chunk[used..]) is var next and > 0)
            {
                used += next;
                count--;
            }
            if (count > 0) used = chunk.Length;
            result.Write(chunk[..used]);
            offset += used;
        }
        return result.ToArray();
    }

    private static (string Text, bool IsCut) Fit(string text, int maxChars)
    {
        if (text.Length <= maxChars) return (text, false);
        var end = text.LastIndexOf('\n', maxChars - 1) + 1;
        return end > 0 ? (text[..end], false) : (WithoutHalfPair(text[..maxChars]), true);
    }

    /// <summary>Encoding what was decoded gives the same bytes, unless something was replaced.</summary>
    private bool HasInvalid(string text, ReadOnlySpan<byte> bytes) => text.Contains('\uFFFD') && !bytes.StartsWith(_file.Units.Decoding.GetBytes(text));

    private static string WithoutHalfPair(string text) => char.IsHighSurrogate(text[^1]) ? text[..^1] : text;

    private delegate bool PieceTaker(ReadOnlySpan<char> chars);

    /// <summary>Decodes a line piece by piece, without its terminator, until the taker has enough; true when it ran to the line's end.</summary>
    private bool EachPiece(int line, PieceTaker take)
    {
        CheckLine(line);
        var decoder = _file.Units.Decoding.GetDecoder();
        var bytes = new byte[ChunkBytes];
        var chars = new char[ChunkBytes + 2];
        var held = 0; // a final CR waits: an LF may follow
        for (var offset = OffsetOf(line); ;)
        {
            var chunk = bytes.AsSpan(0, _file.Read(bytes, offset));
            var end = _file.Units.AfterNewline(chunk);
            var isLast = end > 0 || chunk.Length < bytes.Length;
            var body = end > 0 ? chunk[..(end - _file.Units.Width)] : chunk;
            var length = held + decoder.GetChars(body, chars.AsSpan(held), flush: isLast);
            if (end > 0 && length > 0 && chars[length - 1] == '\r') length--;
            held = !isLast && length > 0 && chars[length - 1] == '\r' ? 1 : 0;
            var wantsMore = take(chars.AsSpan(0, length - held));
            if (held > 0) chars[0] = '\r';
            if (isLast) return true;
            if (!wantsMore) return false;
            offset += chunk.Length;
        }
    }
}

/// <summary>Whole lines of a <see cref="LargeText"/>.</summary>
/// <param name="Text">Their text, terminators included; with <paramref name="IsCut"/> the beginning of a single line.</param>
/// <param name="Lines">Which lines they are.</param>
/// <param name="IsCut">The first line asked for is longer than the limit.</param>
/// <param name="HasInvalid">Bytes among them were no text in the encoding; each is shown as U+FFFD.</param>
public sealed record LargeSlice(string Text, LineRange Lines, bool IsCut, bool HasInvalid);

/// <summary>Part of one line of a <see cref="LargeText"/>.</summary>
/// <param name="Text">The text; empty when the line ends before <paramref name="FromColumn"/>.</param>
/// <param name="FromColumn">First column, from 1.</param>
/// <param name="ToColumn">Last column; one less than <paramref name="FromColumn"/> when empty.</param>
/// <param name="IsLast">The line ends here.</param>
public sealed record LinePart(string Text, int FromColumn, int ToColumn, bool IsLast);
