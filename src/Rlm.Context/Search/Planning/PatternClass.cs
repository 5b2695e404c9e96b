namespace Rlm.Context.Search.Planning;

/// <summary>Reads a character class: <c>[a-z]</c>, <c>[^a]</c>, <c>[\w-[aeiou]]</c>.</summary>
internal static class PatternClass
{
    private const int MaxMembers = 16;

    /// <summary>The characters of a class whose bracket has just been read, perhaps more than it has; null for many. What is subtracted is not taken out.</summary>
    /// <param name="pattern">Stands behind the bracket, then behind the closing one.</param>
    /// <param name="depth">How deep subtractions may nest.</param>
    public static List<char>? Read(PatternReader pattern, int depth)
    {
        if (depth <= 0) pattern.GiveUp();
        var isWide = pattern.Take('^');
        var members = new List<char>();
        char? rangeFrom = null;
        for (var isFirst = true; !pattern.IsLost; isFirst = false)
        {
            var character = pattern.Read();
            if (character == ']' && !isFirst) return isWide || members.Count > MaxMembers ? null : members;
            if (character == '[' && pattern.Peek(0) == ':') pattern.GiveUp();
            var isEscaped = character == '\\';
            if (isEscaped && Escaped(pattern) is var known)
            {
                isWide |= known is null;
                character = known ?? '\0';
                if (known is null && pattern.WasClass) continue;
            }
            if (rangeFrom is { } from)
            {
                rangeFrom = null;
                if (character == '[' && !isEscaped) Subtract(pattern, members, from, depth);
                else isWide |= !Add(members, from, character);
            }
            else if (pattern.Peek(0) == '-' && pattern.Peek(1) is not (']' or null))
            {
                rangeFrom = character;
                pattern.Read();
            }
            else if (character == '-' && !isEscaped && !isFirst && pattern.Take('[')) Read(pattern, depth - 1);
            else members.Add(character);
        }
        return null;
    }

    private static void Subtract(PatternReader pattern, List<char> members, char last, int depth)
    {
        members.Add(last);
        Read(pattern, depth - 1);
    }

    private static char? Escaped(PatternReader pattern)
    {
        var character = pattern.Read();
        pattern.WasClass = character is 'd' or 'D' or 's' or 'S' or 'w' or 'W' or 'p' or 'P';
        if (pattern.WasClass)
        {
            if (character is 'p' or 'P' && !pattern.TakeCategory()) pattern.GiveUp();
            return null;
        }
        return character == 'b' ? '\b' : pattern.EscapedCharacter(character);
    }

    private static bool Add(List<char> members, char from, char to)
    {
        if (to - from >= MaxMembers || to < from) return false;
        for (var member = (int)from; member <= to; member++) members.Add((char)member);
        return true;
    }
}
