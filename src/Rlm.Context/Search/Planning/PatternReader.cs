using System.Globalization;

namespace Rlm.Context.Search.Planning;

/// <summary>A place in a regular expression, and the small parts of its syntax. Once given up, it stays at the end.</summary>
internal sealed class PatternReader(string pattern)
{
    private int _at;

    /// <summary>How many characters are read.</summary>
    public int Position => _at;

    /// <summary>Nothing is left to read.</summary>
    public bool IsAtEnd => _at >= pattern.Length;

    /// <summary>Something was not understood, or the pattern ended too soon.</summary>
    public bool IsLost { get; private set; }

    /// <summary>The next character; there must be one.</summary>
    public char Next => pattern[_at];

    /// <summary>The last escape in a class was itself a class, so that no range can begin with it.</summary>
    public bool WasClass { get; set; }

    /// <summary>A character further on; null behind the end.</summary>
    public char? Peek(int ahead) => _at + ahead < pattern.Length ? pattern[_at + ahead] : null;

    /// <summary>The next character; at the end the pattern is given up.</summary>
    public char Read()
    {
        if (!IsAtEnd) return pattern[_at++];
        GiveUp();
        return '\0';
    }

    /// <summary>Undoes one <see cref="Read"/>.</summary>
    public void StepBack() => _at -= IsLost ? 0 : 1;

    /// <summary>Reads this character if it comes next.</summary>
    public bool Take(char character)
    {
        if (IsAtEnd || pattern[_at] != character) return false;
        _at++;
        return true;
    }

    /// <summary>Nothing of the pattern is to be believed.</summary>
    public void GiveUp() => (IsLost, _at) = (true, pattern.Length);

    /// <summary>Skips <c>(?#comments)</c>, and with <paramref name="isSpaced"/> (option x) also blanks and comments to the end of the line.</summary>
    public void SkipBlanks(bool isSpaced)
    {
        while (!IsAtEnd)
            if (isSpaced && Next is (' ' or '\t' or '\n' or '\f' or '\r')) _at++;
            else if (isSpaced && Next == '#') SkipBehind('\n', mayBeMissing: true);
            else if (pattern.AsSpan(_at).StartsWith("(?#")) SkipBehind(')', mayBeMissing: false);
            else return;
    }

    /// <summary>Reads <c>*</c>, <c>+</c>, <c>?</c>, <c>{n}</c>, <c>{n,}</c> or <c>{n,m}</c>; a brace that begins none of these is an ordinary character.</summary>
    public bool TakeQuantifier(out int least, out int most)
    {
        (least, most) = (0, int.MaxValue);
        if (Take('*')) return true;
        if (Take('+')) return (least = 1) == 1;
        if (Take('?')) return (most = 1) == 1;
        var start = _at;
        if (Take('{') && Number(out least))
        {
            var isRange = Take(',');
            if (!isRange) most = least;
            else if (!Number(out most)) most = int.MaxValue;
            if (Take('}')) return true;
        }
        _at = start;
        return false;
    }

    /// <summary>Reads a group's name and the mark that closes it; otherwise reads nothing.</summary>
    public bool TakeName(char close)
    {
        var end = pattern.IndexOf(close, _at);
        if (end <= _at) return false;
        foreach (var character in pattern.AsSpan(_at, end - _at))
            if (!IsWord(character) && character != '-') return false;
        _at = end + 1;
        return true;
    }

    /// <summary>Reads the <c>{Name}</c> of <c>\p</c>.</summary>
    public bool TakeCategory()
    {
        if (!Take('{')) return false;
        SkipBehind('}', mayBeMissing: false);
        return !IsLost;
    }

    /// <summary>The character that an escape stands for, its first character already read; null when that is not certain: control characters, octal numbers and back-references.</summary>
    public char? EscapedCharacter(char first)
    {
        switch (first)
        {
            case 'x': return Hexadecimal(2);
            case 'u': return Hexadecimal(4);
            case 'a': return '\a';
            case 'e': return '\u001B';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'v': return '\v';
            case 'c':
                Read();
                return null;
            case >= '0' and <= '9':
                Number(out _);
                return null;
            default:
                if (IsWord(first)) GiveUp();
                return first;
        }
    }

    private char? Hexadecimal(int digits)
    {
        if (_at + digits <= pattern.Length && ushort.TryParse(pattern.AsSpan(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            _at += digits;
            return (char)code;
        }
        GiveUp();
        return null;
    }

    // Saturates: what is that large makes no difference here.
    private bool Number(out int value)
    {
        value = 0;
        var start = _at;
        for (; !IsAtEnd && char.IsAsciiDigit(Next); _at++) value = Math.Min((value * 10) + (Next - '0'), 1_000_000);
        return _at > start;
    }

    private void SkipBehind(char mark, bool mayBeMissing)
    {
        var end = pattern.IndexOf(mark, _at);
        if (end >= 0) _at = end + 1;
        else if (mayBeMissing) _at = pattern.Length;
        else GiveUp();
    }

    private static bool IsWord(char character) => char.IsLetterOrDigit(character) || char.GetUnicodeCategory(character) is UnicodeCategory.ConnectorPunctuation
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark || character is '\u200D' or '\u200C';
}
