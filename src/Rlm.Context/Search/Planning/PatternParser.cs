namespace Rlm.Context.Search.Planning;

/// <summary>
/// Reads a .NET regular expression as a tree. It follows the syntax of <c>System.Text.RegularExpressions.RegexParser</c> on patterns that this accepts;
/// where it is not sure what something matches it says so in the tree, and where it is not sure how far something reaches it gives up on the whole pattern.
/// </summary>
internal sealed class PatternParser
{
    private const int MaxDepth = 100;

    private readonly PatternReader _pattern;
    private bool _ignoresCase, _isSpaced, _setsLineMode;
    private int _depth;

    private PatternParser(string pattern, bool ignoresCase) => (_pattern, _ignoresCase) = (new(pattern), ignoresCase);

    /// <summary>The tree of a pattern that is valid; null when it is not understood.</summary>
    public static PatternTree? Parse(string pattern, bool ignoresCase)
    {
        var parser = new PatternParser(pattern, ignoresCase);
        var root = parser.Alternatives();
        return parser._pattern.IsAtEnd && !parser._pattern.IsLost ? new(pattern, root, parser._setsLineMode) : null;
    }

    private PatternNode Alternatives()
    {
        var branches = new List<PatternNode> { Sequence() };
        while (_pattern.Take('|')) branches.Add(Sequence());
        return branches.Count == 1 ? branches[0] : new PatternNode.Either(branches);
    }

    private PatternNode Sequence()
    {
        var parts = new List<PatternNode>();
        for (_pattern.SkipBlanks(_isSpaced); !_pattern.IsAtEnd && _pattern.Next is not ('|' or ')'); _pattern.SkipBlanks(_isSpaced))
            if (Atom() is { } atom) parts.Add(Quantified(atom));
        return parts.Count == 1 ? parts[0] : new PatternNode.Sequence(parts);
    }

    /// <summary>Null for options, which stand for nothing that could be repeated.</summary>
    private PatternNode? Atom()
    {
        var start = _pattern.Position;
        var character = _pattern.Read();
        switch (character)
        {
            case '(': return Group();
            case '[': return CharacterClass(start);
            case '\\': return Escape(start);
            case '.': return Many(start, CharacterSet.All);
            case '^' or '$': return new PatternNode.Place(start, _pattern.Position, character);
            case '*' or '+' or '?': return Lost();
            default:
                // Which control characters count as blank is not worth knowing.
                return _isSpaced && (character < ' ' || char.IsWhiteSpace(character)) ? Lost() : One(start, character);
        }
    }

    private PatternNode Quantified(PatternNode once)
    {
        _pattern.SkipBlanks(_isSpaced);
        if (!_pattern.TakeQuantifier(out var least, out var most)) return once;
        _pattern.SkipBlanks(_isSpaced);
        _pattern.Take('?');
        return new PatternNode.Repeat(once, least, most);
    }

    private PatternNode? Group()
    {
        if (!_pattern.Take('?')) return Body();
        switch (_pattern.Read())
        {
            case ':': return Body();
            case '>': return new PatternNode.Atomic(Body());
            case '=': return new PatternNode.Around(Body(), IsNegative: false);
            case '!': return new PatternNode.Around(Body(), IsNegative: true);
            case '<' when _pattern.Take('='): return new PatternNode.Around(Body(), IsNegative: false);
            case '<' when _pattern.Take('!'): return new PatternNode.Around(Body(), IsNegative: true);
            case '<': return _pattern.TakeName('>') ? Body() : Lost();
            case '\'': return _pattern.TakeName('\'') ? Body() : Lost();
            case '(': return Conditional();
            default:
                _pattern.StepBack();
                return Options();
        }
    }

    private PatternNode Conditional()
    {
        if (Group() is null) return Lost();
        Body();
        return new PatternNode.Unknown();
    }

    // Options hold until the group around them ends, in the alternatives that follow too.
    private PatternNode? Options()
    {
        var (ignoredCase, wasSpaced, value) = (_ignoresCase, _isSpaced, true);
        while (!_pattern.IsLost)
            switch (char.ToLowerInvariant(_pattern.Read()))
            {
                case '-': value = false; break;
                case '+': value = true; break;
                case 'i': _ignoresCase = value; break;
                case 'x': _isSpaced = value; break;
                case 'm': _setsLineMode = true; break;
                case 'n' or 's': break;
                case ')': return null;
                case ':':
                    var body = Body();
                    (_ignoresCase, _isSpaced) = (ignoredCase, wasSpaced);
                    return body;
                default: return Lost();
            }
        return new PatternNode.Unknown();
    }

    private PatternNode Body()
    {
        if (++_depth > MaxDepth) return Lost();
        var (ignoredCase, wasSpaced) = (_ignoresCase, _isSpaced);
        var body = Alternatives();
        if (!_pattern.Take(')')) return Lost();
        (_ignoresCase, _isSpaced) = (ignoredCase, wasSpaced);
        _depth--;
        return body;
    }

    private PatternNode Escape(int start)
    {
        var character = _pattern.Read();
        switch (character)
        {
            case 'b' or 'B' or 'A' or 'G' or 'Z' or 'z': return new PatternNode.Place(start, _pattern.Position, character);
            case 'w' or 'W' or 's' or 'S' or 'd' or 'D': return Many(start, CharacterSet.OfEscape(character));
            case 'p' or 'P': return _pattern.TakeCategory() ? Many(start, CharacterSet.All) : Lost();
            case 'k': return (_pattern.Take('<') && _pattern.TakeName('>')) || (_pattern.Take('\'') && _pattern.TakeName('\'')) ? new PatternNode.Again() : Lost();
            // \<name> is an old spelling of \k<name>.
            case '<' when _pattern.TakeName('>'): return Lost();
            case '\'' when _pattern.TakeName('\''): return Lost();
            // One digit but 0 is a group's; more may be a character in octal.
            case >= '1' and <= '9' when !char.IsAsciiDigit(_pattern.Peek(0) ?? ' '): return new PatternNode.Again();
            case >= '0' and <= '9':
                _pattern.EscapedCharacter(character);
                return new PatternNode.Unknown();
            default:
                return _pattern.EscapedCharacter(character) is { } known ? One(start, known) : Many(start, CharacterSet.All);
        }
    }

    private PatternNode CharacterClass(int start)
    {
        if (++_depth > MaxDepth) return Lost();
        var members = PatternClass.Read(_pattern, MaxDepth - _depth);
        _depth--;
        return new PatternNode.Character(start, _pattern.Position, Cased(members.Set), members.Members, _ignoresCase);
    }

    private PatternNode.Character Many(int start, CharacterSet set) => new(start, _pattern.Position, set, null, _ignoresCase);

    private PatternNode.Character One(int start, char character) => new(start, _pattern.Position, Cased(CharacterSet.Of(character)), [character], _ignoresCase);

    private CharacterSet Cased(CharacterSet set) => _ignoresCase ? set.AnyCase() : set;

    private PatternNode Lost()
    {
        _pattern.GiveUp();
        return new PatternNode.Unknown();
    }
}
