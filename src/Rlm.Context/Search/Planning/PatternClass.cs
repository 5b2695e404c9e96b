namespace Rlm.Context.Search.Planning;

/// <summary>Reads a character class: <c>[a-z]</c>, <c>[^a]</c>, <c>[\w-[aeiou]]</c>.</summary>
internal sealed class PatternClass
{
    private const int MaxMembers = 16;

    private readonly List<char> _members = [];
    private readonly bool _isNegated;
    private bool _isWide, _isUncertain;
    private CharacterSet _taken;
    private UInt128 _surelyTaken;

    private PatternClass(bool isNegated) => _isNegated = isNegated;

    /// <summary>The characters of a class, perhaps more than it has; null for many. What is subtracted is not taken out.</summary>
    public List<char>? Members => _isNegated || _isWide || _members.Count > MaxMembers ? null : _members;

    /// <summary>The same as a set.</summary>
    public CharacterSet Set => _isNegated ? CharacterSet.AllBut(_surelyTaken) : _taken;

    /// <summary>The class whose bracket has just been read.</summary>
    /// <param name="pattern">Stands behind the bracket, then behind the closing one.</param>
    /// <param name="depth">How deep subtractions may nest.</param>
    public static PatternClass Read(PatternReader pattern, int depth)
    {
        if (depth <= 0) pattern.GiveUp();
        var read = new PatternClass(pattern.Take('^'));
        char? rangeFrom = null;
        for (var isFirst = true; !pattern.IsLost; isFirst = false)
        {
            var character = pattern.Read();
            if (character == ']' && !isFirst) return read;
            if (character == '[' && pattern.Peek(0) == ':') pattern.GiveUp();
            var isEscaped = character == '\\';
            if (isEscaped)
            {
                if (read.Escaped(pattern) is { } known) character = known;
                else if (pattern.WasClass) continue;
                else character = '\0';
            }
            if (rangeFrom is { } from)
            {
                rangeFrom = null;
                if (character == '[' && !isEscaped)
                {
                    read.Add(from, from);
                    Read(pattern, depth - 1);
                }
                else read.Add(from, character);
            }
            else if (pattern.Peek(0) == '-' && pattern.Peek(1) is not (']' or null))
            {
                rangeFrom = character;
                pattern.Read();
            }
            else if (character == '-' && !isEscaped && !isFirst && pattern.Take('[')) Read(pattern, depth - 1);
            else read.Add(character, character);
        }
        return read;
    }

    // Null for a class in the class, and for a character that is not certain: then the class may take everything.
    private char? Escaped(PatternReader pattern)
    {
        var character = pattern.Read();
        pattern.WasClass = character is 'd' or 'D' or 's' or 'S' or 'w' or 'W' or 'p' or 'P';
        if (pattern.WasClass)
        {
            if (character is 'p' or 'P' && !pattern.TakeCategory()) pattern.GiveUp();
            _isWide = true;
            var set = CharacterSet.OfEscape(character);
            _taken |= set;
            if (character is not ('p' or 'P')) _surelyTaken |= set.Ascii;
            return null;
        }
        var known = character == 'b' ? '\b' : pattern.EscapedCharacter(character);
        if (known is null) (_isWide, _taken, _isUncertain) = (true, CharacterSet.All, true);
        return known;
    }

    private void Add(char from, char to)
    {
        if (to - from >= MaxMembers || to < from) _isWide = true;
        else
            for (var member = (int)from; member <= to; member++) _members.Add((char)member);
        var set = CharacterSet.Range(from, to);
        if (from == to) set = CharacterSet.Of(from);
        _taken |= set;
        if (!_isUncertain) _surelyTaken |= set.Ascii;
    }
}
