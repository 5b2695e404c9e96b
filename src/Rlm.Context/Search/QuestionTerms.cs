using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Rlm.Context.Search;

/// <summary>The words of a question that are worth looking for: names whole and by their humps, other words by a light stem, without filler words.</summary>
internal static partial class QuestionTerms
{
    private const int MaxTerms = 24, MaxWord = 64;

    private static readonly FrozenSet<string> Filler = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "a", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by", "can", "code", "codebase", "could", "did", "do", "does", "each", "every", "find", "for", "from", "get", "has", "have",
        "how", "i", "if", "in", "into", "is", "it", "its", "list", "many", "me", "my", "of", "on", "or", "our", "project", "repo", "repository", "show", "should", "that", "the", "their", "them", "then",
        "there", "these", "they", "this", "those", "to", "us", "use", "used", "uses", "using", "was", "we", "were", "what", "when", "where", "which", "who", "why", "will", "with", "work", "works", "would", "you", "your", "explain", "tell", "happen", "happens", "all", "not", "no", "so", "about");

    /// <summary>Lower-case terms, in the order of the question, each once.</summary>
    public static IReadOnlyList<string> Of(string question)
    {
        var terms = new List<string>();
        foreach (Match match in Word().Matches(question))
        {
            var word = match.Value.Trim('_');
            if (word.Length is < 2 or > MaxWord || Filler.Contains(word)) continue;
            var humps = SymbolScore.Humps(word);
            if (humps.Count > 1) terms.Add(word.ToLowerInvariant());
            foreach (var hump in humps)
                if (hump.Length > 1 && !Filler.Contains(hump)) terms.Add(Stem(hump.ToLowerInvariant()));
        }
        return [.. terms.Distinct(StringComparer.Ordinal).Take(MaxTerms)];
    }

    // Terms are looked for as parts of words, so cutting an ending finds the other forms too.
    private static string Stem(string word)
    {
        foreach (var (ending, least) in (ReadOnlySpan<(string, int)>)[("ization", 5), ("ations", 4), ("ation", 4), ("ings", 4), ("ing", 4), ("ies", 4), ("ers", 4), ("ed", 4), ("es", 4), ("er", 5), ("s", 4), ("e", 5), ("y", 5)])
            if (word.Length - ending.Length >= least && word.EndsWith(ending, StringComparison.Ordinal) && !(ending == "s" && word.EndsWith("ss", StringComparison.Ordinal))) return word[..^ending.Length];
        return word;
    }

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
