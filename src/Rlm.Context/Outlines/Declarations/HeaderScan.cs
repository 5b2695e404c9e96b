namespace Rlm.Context.Outlines.Declarations;

/// <summary>Walks over the header of a declaration: strings, comments and brackets are passed over whole, what remains stands on the header's own level.</summary>
internal ref struct HeaderScan
{
    private readonly ReadOnlySpan<char> _text;
    private readonly DeclarationSyntax _syntax;
    private readonly bool _passesBraces;
    private int _next;

    /// <param name="text">The whole text.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="end">Where to end.</param>
    /// <param name="syntax">The language's.</param>
    /// <param name="passesBraces">Whether braces are passed over like other brackets.</param>
    public HeaderScan(string text, int start, int end, DeclarationSyntax syntax, bool passesBraces = false)
    {
        _text = text.AsSpan(0, end);
        (_next, _syntax, _passesBraces, Offset) = (start, syntax, passesBraces, start);
    }

    /// <summary>Where it stands, from the beginning of the text.</summary>
    public int Offset { get; private set; }

    /// <summary>The character there.</summary>
    public readonly char Current => _text[Offset];

    /// <summary>Goes to the next character on this level; false at the end.</summary>
    public bool Move()
    {
        while (_next < _text.Length)
        {
            Offset = _next;
            var after = Behind(_next);
            var isPassed = after > _next + 1 || _text[_next] is '"' or '`';
            _next = after;
            if (!isPassed || _text[Offset] is '(' or '[' or '{') return true;
        }
        Offset = _text.Length;
        return false;
    }

    /// <summary>Behind what begins at an offset: a string or a comment whole, else one character.</summary>
    public static int BehindToken(string text, int at, int end, DeclarationSyntax syntax, out bool isComment)
    {
        var scan = new HeaderScan(text, at, end, syntax);
        isComment = scan.IsComment(at) || (text[at] == '/' && scan._text[at..].StartsWith("/*"));
        return text[at] is '(' or '[' ? at + 1 : scan.Behind(at);
    }

    // Behind what begins at an offset: a string, a comment, a bracket with all that it holds, or one character.
    private readonly int Behind(int at)
    {
        var character = _text[at];
        if (IsComment(at)) return LineEnd(at);
        if (character == '/' && _text[at..].StartsWith("/*")) return _text[(at + 2)..].IndexOf("*/") is >= 0 and var length ? at + length + 4 : _text.Length;
        if (character is '"' or '`' || (character == '\'' && IsString(at))) return StringEnd(at);
        return character is '(' or '[' || (character == '{' && _passesBraces) ? BracketEnd(at) : at + 1;
    }

    private readonly int BracketEnd(int at)
    {
        var depth = 0;
        while (at < _text.Length)
        {
            if (_text[at] is '(' or '[' or '{') depth++;
            else if (_text[at] is ')' or ']' or '}' && --depth == 0) return at + 1;
            at = _text[at] is '(' or '[' or '{' ? at + 1 : Behind(at);
        }
        return at;
    }

    private readonly bool IsComment(int at)
    {
        if (_text[at] == '#') return _syntax.HasHashComments && (at + 1 == _text.Length || _text[at + 1] != '[') && (at == 0 || char.IsWhiteSpace(_text[at - 1]));
        if (_text[at] == '-') return _syntax.HasDashComments && _text[at..].StartsWith("--");
        return _text[at] == '/' && !_syntax.HasDashComments && !_syntax.IsPython && !_syntax.IsRuby && !_syntax.IsBash && _text[at..].StartsWith("//");
    }

    private readonly bool IsString(int at) =>
        !_syntax.HasCharacterLiterals || (at + 2 < _text.Length && (_text[at + 1] == '\\' || _text[at + 2] == '\''));

    private readonly int StringEnd(int at)
    {
        var quote = _text[at];
        for (at++; at < _text.Length; at++)
            if (_text[at] == '\\') at++;
            else if (_text[at] == quote || (_text[at] == '\n' && quote != '`')) return at + 1;
        return _text.Length;
    }

    private readonly int LineEnd(int at) => _text[at..].IndexOf('\n') is >= 0 and var length ? at + length : _text.Length;
}
