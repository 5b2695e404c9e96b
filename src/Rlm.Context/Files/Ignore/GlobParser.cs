using System.Text;

namespace Rlm.Context.Files.Ignore;

/// <summary>
/// Reads a pattern of the gitignore dialect (gitignore(5); details after git's wildmatch.c): <c>? * ** [a-z] [!a] [[:alpha:]] \x</c>.
/// <c>**</c> counts only as a whole path component, as documented; elsewhere it is a plain <c>*</c>.
/// </summary>
internal ref struct GlobParser(ReadOnlySpan<char> pattern)
{
    private readonly ReadOnlySpan<char> _pattern = pattern;
    private readonly List<GlobToken> _tokens = [];
    private int _at;

    /// <summary>The tokens, or null for a pattern that cannot match anything (an open bracket, a lone final backslash).</summary>
    public List<GlobToken>? Parse()
    {
        while (_at < _pattern.Length)
            if (!ParseOne()) return null;
        return _tokens;
    }

    private bool ParseOne()
    {
        var c = _pattern[_at++];
        switch (c)
        {
            case '*': AddStars(); return true;
            case '?': _tokens.Add(new(GlobTokenKind.AnyOne)); return true;
            case '/': _tokens.Add(new(GlobTokenKind.Slash)); return true;
            case '[': return AddClass();
            case '\\': return AddEscaped();
            default: _tokens.Add(new(GlobTokenKind.Literal, c)); return true;
        }
    }

    private bool AddEscaped()
    {
        if (_at == _pattern.Length) return false;
        var c = _pattern[_at++];
        _tokens.Add(c == '/' ? new(GlobTokenKind.Slash) : new(GlobTokenKind.Literal, c));
        return true;
    }

    private void AddStars()
    {
        var start = _at - 1;
        while (_at < _pattern.Length && _pattern[_at] == '*') _at++;
        var isWhole = (_tokens.Count == 0 || _tokens[^1].Kind == GlobTokenKind.Slash)
            && (_at == _pattern.Length || _pattern[_at] == '/' || _pattern[_at..].StartsWith("\\/"));
        _tokens.Add(new(isWhole && _at - start > 1 ? GlobTokenKind.StarStar : GlobTokenKind.Star));
    }

    private bool AddClass()
    {
        var negated = _at < _pattern.Length && _pattern[_at] is '!' or '^';
        if (negated) _at++;
        var ranges = new List<(int, int)>();
        var previous = -1; // the last single member, from which a '-' makes a range
        for (var first = true; ; first = false)
        {
            if (_at >= _pattern.Length) return false;
            if (_pattern[_at] == ']' && !first) break;
            if (!AddMember(ranges, ref previous)) return false;
        }
        _at++;
        _tokens.Add(new(GlobTokenKind.Class, Class: new(ranges, negated)));
        return true;
    }

    private bool AddMember(List<(int, int)> ranges, ref int previous)
    {
        if (_pattern[_at..].StartsWith("[:") && NamedClassEnd() is var end and > 0) return AddNamed(ranges, ref previous, end);
        if (_pattern[_at] == '-' && previous >= 0 && _at + 1 < _pattern.Length && _pattern[_at + 1] != ']')
        {
            _at++;
            if (!TakeRune(out var high)) return false;
            ranges.Add((previous, high));
            previous = -1;
            return true;
        }
        if (!TakeRune(out var member)) return false;
        ranges.Add((member, member));
        previous = member;
        return true;
    }

    /// <summary>Where the <c>]</c> of <c>[:name:]</c> stands; 0 when this is no named class.</summary>
    private readonly int NamedClassEnd()
    {
        var close = _pattern[(_at + 2)..].IndexOf(']');
        return close > 0 && _pattern[_at + 1 + close] == ':' ? _at + 2 + close : 0;
    }

    private bool AddNamed(List<(int, int)> ranges, ref int previous, int end)
    {
        var name = _pattern[(_at + 2)..(end - 1)];
        _at = end + 1;
        previous = -1;
        ReadOnlySpan<(int, int)> named = name switch
        {
            "alpha" => [('a', 'z'), ('A', 'Z')],
            "digit" => [('0', '9')],
            "alnum" => [('a', 'z'), ('A', 'Z'), ('0', '9')],
            "upper" => [('A', 'Z')],
            "lower" => [('a', 'z')],
            "space" => [(' ', ' '), ('\t', '\r')],
            "blank" => [(' ', ' '), ('\t', '\t')],
            "punct" => [('!', '/'), (':', '@'), ('[', '`'), ('{', '~')],
            "xdigit" => [('0', '9'), ('a', 'f'), ('A', 'F')],
            "cntrl" => [(0, 31), (127, 127)],
            "graph" => [('!', '~')],
            "print" => [(' ', '~')],
            _ => [],
        };
        ranges.AddRange(named);
        return named.Length > 0;
    }

    private bool TakeRune(out int value)
    {
        value = 0;
        if (_pattern[_at] == '\\') _at++;
        if (_at >= _pattern.Length) return false;
        Rune.DecodeFromUtf16(_pattern[_at..], out var rune, out var length);
        value = rune.Value;
        _at += length;
        return true;
    }
}
