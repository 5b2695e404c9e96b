using Rlm.Context.Search;

namespace Rlm.Benchmarks.Searching;

/// <summary>One row of the table.</summary>
/// <param name="What">Its name.</param>
/// <param name="Query">What every program looks for.</param>
internal sealed record BenchQuery(string What, TextQuery Query)
{
    /// <summary>The rows; two words, of letters and digits, depend on the folder.</summary>
    public static IReadOnlyList<BenchQuery> For(string rare, string common) =>
    [
        new("rare literal", new(rare, PatternKind.Literal, PatternCase.Sensitive)),
        new("common literal", new(common, PatternKind.Literal, PatternCase.Sensitive)),
        new("literal, any case", new(common.ToLowerInvariant(), PatternKind.Literal, PatternCase.Insensitive)),
        new("word", new(common, PatternKind.Word, PatternCase.Sensitive)),
        new("regex with a literal", new($@"Get\w+\(.*{common}", PatternKind.Regex, PatternCase.Sensitive)),
        new("regex without one", new(@"\b[a-z]{3}[0-9]{4}\b", PatternKind.Regex, PatternCase.Sensitive)),
        new("alternation", new(@"(class|struct|interface) +\w*(Info|Context)\b", PatternKind.Regex, PatternCase.Sensitive)),
        new("absent literal", new("NoSuchNameAnywhere", PatternKind.Literal, PatternCase.Sensitive)),
    ];
}
