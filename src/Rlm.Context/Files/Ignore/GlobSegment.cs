namespace Rlm.Context.Files.Ignore;

/// <summary>The pattern of one path component. Matching costs at most pattern times name, whatever the pattern: the last star alone is tried again.</summary>
internal sealed class GlobSegment
{
    private readonly GlobToken[] _tokens;
    private readonly int _minimum;

    public GlobSegment(GlobToken[] tokens)
    {
        _tokens = tokens;
        _minimum = tokens.Count(token => token.Kind != GlobTokenKind.Star);
        if (tokens.All(token => token.Kind == GlobTokenKind.Literal)) Literal = TextOf(tokens);
        else if (tokens[0].Kind == GlobTokenKind.Star && tokens.Length > 1 && tokens[1..].All(token => token.Kind == GlobTokenKind.Literal)) Suffix = TextOf(tokens[1..]);
    }

    /// <summary>True for <c>**</c>, any number of components.</summary>
    public bool IsStarStar => _tokens is [{ Kind: GlobTokenKind.StarStar }];

    /// <summary>The only name it matches, when it has no wildcard.</summary>
    public string? Literal { get; }

    /// <summary>What names must end with, when it is a star and a literal.</summary>
    public string? Suffix { get; }

    /// <summary>True when it matches the whole name.</summary>
    public bool Matches(ReadOnlySpan<char> name)
    {
        if (Literal is not null) return name.SequenceEqual(Literal);
        if (Suffix is not null) return name.EndsWith(Suffix, StringComparison.Ordinal);
        return name.Length >= _minimum && CanBegin(name) && MatchesTokens(name);
    }

    private bool CanBegin(ReadOnlySpan<char> name) =>
        _tokens[0].Kind != GlobTokenKind.Literal || (name.Length > 0 && name[0] == _tokens[0].Literal);

    private bool MatchesTokens(ReadOnlySpan<char> name)
    {
        int at = 0, token = 0, starToken = -1, starAt = 0;
        while (at < name.Length)
        {
            if (token < _tokens.Length && _tokens[token].Kind is GlobTokenKind.Star or GlobTokenKind.StarStar)
            {
                starToken = token++;
                starAt = at;
            }
            else if (token < _tokens.Length && _tokens[token].Take(name[at..]) is var taken and > 0)
            {
                at += taken;
                token++;
            }
            else if (starToken >= 0)
            {
                starAt += char.IsHighSurrogate(name[starAt]) && starAt + 1 < name.Length && char.IsLowSurrogate(name[starAt + 1]) ? 2 : 1;
                at = starAt;
                token = starToken + 1;
            }
            else
            {
                return false;
            }
        }
        while (token < _tokens.Length && _tokens[token].Kind is GlobTokenKind.Star or GlobTokenKind.StarStar) token++;
        return token == _tokens.Length;
    }

    private static string TextOf(GlobToken[] tokens) => string.Concat(tokens.Select(token => token.Literal));
}
