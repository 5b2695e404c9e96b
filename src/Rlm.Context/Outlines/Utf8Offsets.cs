namespace Rlm.Context.Outlines;

/// <summary>Offsets in the UTF-8 form of a text as offsets in the text itself (UTF-16). Plain ASCII needs no table; else one mark every 256 characters.</summary>
internal sealed class Utf8Offsets
{
    private const int Step = 256;

    private readonly string _text;
    private readonly int[]? _marks;

    /// <param name="text">The text.</param>
    /// <param name="bytes">Length of its UTF-8 form.</param>
    public Utf8Offsets(string text, int bytes)
    {
        _text = text;
        if (bytes == text.Length) return;
        _marks = new int[(text.Length / Step) + 1];
        for (var (at, before) = (0, 0); at < text.Length; at++)
        {
            if (at % Step == 0) _marks[at / Step] = before;
            before += BytesAt(at);
            if (at + 1 == text.Length && text.Length % Step == 0) _marks[^1] = before;
        }
    }

    /// <summary>The character at a byte; the end of the text for bytes behind it. Time: a search among the marks and at most 256 characters.</summary>
    public int ToCharacter(int offset)
    {
        if (_marks is null) return Math.Clamp(offset, 0, _text.Length);
        var mark = Array.BinarySearch(_marks, offset);
        mark = mark >= 0 ? mark : Math.Max(0, ~mark - 1);
        var (at, bytes) = (mark * Step, _marks[mark]);
        while (at < _text.Length && bytes < offset) bytes += BytesAt(at++);
        // Both halves of a pair stand at its first byte.
        while (at < _text.Length && char.IsLowSurrogate(_text[at]) && IsSecond(at)) at++;
        return at;
    }

    private int BytesAt(int at)
    {
        var character = _text[at];
        if (character < 0x80) return 1;
        if (character < 0x800) return 2;
        if (IsSecond(at)) return 0;
        return char.IsHighSurrogate(character) && at + 1 < _text.Length && char.IsLowSurrogate(_text[at + 1]) ? 4 : 3;
    }

    private bool IsSecond(int at) => char.IsLowSurrogate(_text[at]) && at > 0 && char.IsHighSurrogate(_text[at - 1]);
}
