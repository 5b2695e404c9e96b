namespace Rlm.Context.Search.Planning;

/// <summary>What is certain about all matches of a regular expression: a fold over its tree.</summary>
internal static class RegexFacts
{
    /// <summary>The facts about all matches of a pattern that is valid.</summary>
    public static MatchFacts Of(string pattern, bool ignoresCase) => PatternParser.Parse(pattern, ignoresCase) is { } tree ? Of(tree.Root) : MatchFacts.Anything;

    private static MatchFacts Of(PatternNode node) => node switch
    {
        PatternNode.Character character => Of(character),
        PatternNode.Place => MatchFacts.Nothing,
        PatternNode.Sequence sequence => sequence.Parts.Aggregate(MatchFacts.Nothing, (facts, part) => MatchFacts.Then(facts, Of(part))),
        PatternNode.Either either => either.Branches.Select(Of).Aggregate(MatchFacts.Either),
        PatternNode.Repeat repeat => MatchFacts.Repeated(Of(repeat.Once), repeat.Least, repeat.Most),
        PatternNode.Around { IsNegative: false } around => MatchFacts.Place(Of(around.Body)),
        PatternNode.Around => MatchFacts.Nothing,
        PatternNode.Atomic atomic => Of(atomic.Body),
        _ => MatchFacts.Anything,
    };

    private static MatchFacts Of(PatternNode.Character character)
    {
        if (character.Members is null) return MatchFacts.Anything;
        var texts = new List<string>();
        foreach (var member in character.Members)
        {
            if (CharacterBytes.Of(member, character.IgnoresCase) is not { } bytes) return MatchFacts.Anything;
            texts.AddRange(bytes);
        }
        return MatchFacts.Texts(texts);
    }
}
