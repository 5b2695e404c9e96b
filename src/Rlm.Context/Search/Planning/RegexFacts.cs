namespace Rlm.Context.Search.Planning;

/// <summary>
/// Reads a .NET regular expression for what is certain about its matches. It follows the syntax of <c>System.Text.RegularExpressions.RegexParser</c> on patterns
/// that this accepts; where it is not sure what something matches it assumes any text, and where it is not sure how far something reaches it gives up on the whole pattern.
/// </summary>
internal sealed class RegexFacts
{
    private const int MaxDepth = 100;

    private readonly PatternReader _pattern;
    private bool _ignoresCase, _isSpaced;
    private int _depth;

    private RegexFacts(string pattern, bool ignoresCase) => (_pattern, _ignoresCase) = (new(pattern), ignoresCase);

    /// <summary>The facts about all matches of a pattern that is valid.</summary>
    public static MatchFacts Of(string pattern, bool ignoresCase)
    {
        var reader = new RegexFacts(pattern, ignoresCase);
        var facts = reader.Alternatives();
        return reader._pattern.IsAtEnd && !reader._pattern.IsLost ? facts : MatchFacts.Anything;
    }

    private MatchFacts Alternatives()
    {
        var facts = Sequence();
        while (_pattern.Take('|')) facts = MatchFacts.Either(facts, Sequence());
        return facts;
    }

    private MatchFacts Sequence()
    {
        var facts = MatchFacts.Nothing;
        for (_pattern.SkipBlanks(_isSpaced); !_pattern.IsAtEnd && _pattern.Next is not ('|' or ')'); _pattern.SkipBlanks(_isSpaced))
            if (Atom() is { } atom) facts = MatchFacts.Then(facts, Quantified(atom));
        return facts;
    }

    /// <summary>Null for options, which stand for nothing that could be repeated.</summary>
    private MatchFacts? Atom()
    {
        var character = _pattern.Read();
        switch (character)
        {
            case '(': return Group();
            case '[': return CharacterClass();
            case '\\': return Escape();
            case '.': return MatchFacts.Anything;
            case '^' or '$': return MatchFacts.Nothing;
            case '*' or '+' or '?': return Lost();
            default:
                // Which control characters count as blank is not worth knowing.
                return _isSpaced && (character < ' ' || char.IsWhiteSpace(character)) ? Lost() : Character(character);
        }
    }

    private MatchFacts Quantified(MatchFacts once)
    {
        _pattern.SkipBlanks(_isSpaced);
        if (!_pattern.TakeQuantifier(out var least, out var most)) return once;
        _pattern.SkipBlanks(_isSpaced);
        _pattern.Take('?');
        return MatchFacts.Repeated(once, least, most);
    }

    private MatchFacts? Group()
    {
        if (!_pattern.Take('?')) return Body();
        switch (_pattern.Read())
        {
            case ':' or '>': return Body();
            case '=': return MatchFacts.Place(Body());
            case '!': return Unseen(Body());
            case '<' when _pattern.Take('='): return MatchFacts.Place(Body());
            case '<' when _pattern.Take('!'): return Unseen(Body());
            case '<': return _pattern.TakeName('>') ? Body() : Lost();
            case '\'': return _pattern.TakeName('\'') ? Body() : Lost();
            case '(': return Conditional();
            default:
                _pattern.StepBack();
                return Options();
        }
    }

    private static MatchFacts Unseen(MatchFacts _) => MatchFacts.Nothing;

    private MatchFacts Conditional()
    {
        if (Group() is null) return Lost();
        Body();
        return MatchFacts.Anything;
    }

    // Options hold until the group around them ends, in the alternatives that follow too.
    private MatchFacts? Options()
    {
        var (ignoredCase, wasSpaced, value) = (_ignoresCase, _isSpaced, true);
        while (!_pattern.IsLost)
            switch (char.ToLowerInvariant(_pattern.Read()))
            {
                case '-': value = false; break;
                case '+': value = true; break;
                case 'i': _ignoresCase = value; break;
                case 'x': _isSpaced = value; break;
                case 'm' or 'n' or 's': break;
                case ')': return null;
                case ':':
                    var facts = Body();
                    (_ignoresCase, _isSpaced) = (ignoredCase, wasSpaced);
                    return facts;
                default: return Lost();
            }
        return MatchFacts.Anything;
    }

    private MatchFacts Body()
    {
        if (++_depth > MaxDepth) return Lost();
        var (ignoredCase, wasSpaced) = (_ignoresCase, _isSpaced);
        var facts = Alternatives();
        if (!_pattern.Take(')')) return Lost();
        (_ignoresCase, _isSpaced) = (ignoredCase, wasSpaced);
        _depth--;
        return facts;
    }

    private MatchFacts Escape()
    {
        var character = _pattern.Read();
        switch (character)
        {
            case 'b' or 'B' or 'A' or 'G' or 'Z' or 'z': return MatchFacts.Nothing;
            case 'w' or 'W' or 's' or 'S' or 'd' or 'D': return MatchFacts.Anything;
            case 'p' or 'P': return _pattern.TakeCategory() ? MatchFacts.Anything : Lost();
            case 'k': return (_pattern.Take('<') && _pattern.TakeName('>')) || (_pattern.Take('\'') && _pattern.TakeName('\'')) ? MatchFacts.Anything : Lost();
            // \<name> is an old spelling of \k<name>.
            case '<' when _pattern.TakeName('>'): return Lost();
            case '\'' when _pattern.TakeName('\''): return Lost();
            default:
                return _pattern.EscapedCharacter(character) is { } known ? Character(known) : MatchFacts.Anything;
        }
    }

    private MatchFacts CharacterClass()
    {
        if (++_depth > MaxDepth) return Lost();
        var members = PatternClass.Read(_pattern, MaxDepth - _depth);
        _depth--;
        if (members is null) return MatchFacts.Anything;
        var texts = new List<string>();
        foreach (var member in members)
        {
            if (CharacterBytes.Of(member, _ignoresCase) is not { } bytes) return MatchFacts.Anything;
            texts.AddRange(bytes);
        }
        return MatchFacts.Texts(texts);
    }

    private MatchFacts Character(char character) => CharacterBytes.Of(character, _ignoresCase) is { } texts ? MatchFacts.Texts(texts) : MatchFacts.Anything;

    private MatchFacts Lost()
    {
        _pattern.GiveUp();
        return MatchFacts.Anything;
    }
}
