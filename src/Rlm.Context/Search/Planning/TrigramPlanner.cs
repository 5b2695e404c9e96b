using System.Text;

namespace Rlm.Context.Search.Planning;

/// <summary>
/// Turns what is looked for into a condition on the trigrams of a file. Never a missed file: whatever is not understood asks for nothing.
/// <code>
/// var query = TrigramPlanner.Plan(new TextQuery(@"Get\w+Symbol\(", PatternKind.Regex, PatternCase.Sensitive)); // get sym ymb mbo bol ol(
/// foreach (var id in snapshot.Candidates(query)) …                                                             // files to verify
/// </code>
/// </summary>
internal static class TrigramPlanner
{
    /// <summary>The condition for files, indexed by their decoded text, in which <see cref="TextMatcher"/> finds a line.</summary>
    public static TrigramQuery Plan(TextQuery query) =>
        (query.Kind == PatternKind.Regex ? RegexFacts.Of(query.Pattern, query.IgnoresCase) : Literal(query.Pattern, query.IgnoresCase)).Query;

    private static MatchFacts Literal(string pattern, bool ignoresCase)
    {
        var facts = MatchFacts.Nothing;
        foreach (var rune in pattern.EnumerateRunes()) facts = MatchFacts.Then(facts, Of(rune, ignoresCase));
        return facts;
    }

    private static MatchFacts Of(Rune rune, bool ignoresCase)
    {
        if (!rune.IsBmp) return MatchFacts.Texts([CharacterBytes.Bytes(rune)]);
        return CharacterBytes.Of((char)rune.Value, ignoresCase) is { } texts ? MatchFacts.Texts(texts) : MatchFacts.Anything;
    }
}
