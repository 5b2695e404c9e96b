using Rlm.Context;
using Rlm.Context.Files;
using Rlm.Context.Outlines;

namespace Rlm.Benchmarks.Quality;

/// <summary>The accepted answers of a question, found in the outlines of their files, so that a key that points nowhere is noticed before anything is measured.</summary>
internal sealed class AnswerKey
{
    private readonly (string Path, Symbol Symbol)[] _answers;

    private AnswerKey((string Path, Symbol Symbol)[] answers) => _answers = answers;

    /// <summary>Finds every answer of a question.</summary>
    /// <exception cref="FormatException">An answer is not there.</exception>
    public static AnswerKey Of(ContextStore store, GoldenQuestion question) => new([.. question.Answers.Select(answer => Find(store, answer))]);

    /// <summary>Rank of the first region that is an answer, from 1; null when none is.</summary>
    public int? RankIn(IReadOnlyList<RankedRegion> regions)
    {
        for (var index = 0; index < regions.Count; index++)
            if (_answers.Any(answer => Hits(regions[index], answer))) return index + 1;
        return null;
    }

    private static (string Path, Symbol Symbol) Find(ContextStore store, string answer)
    {
        var cut = answer.IndexOf('#', StringComparison.Ordinal);
        var (path, name) = (answer[..cut], answer[(cut + 1)..]);
        try
        {
            var text = store.Open(new RepoPath(path), CancellationToken.None);
            var found = store.OutlineOf(text, CancellationToken.None).All.Where(symbol => symbol.Path == name).ToArray();
            return found.Length == 1 ? (path, found[0]) : throw new FormatException($"{found.Length} symbols {answer}");
        }
        catch (ContextException fault)
        {
            throw new FormatException($"{answer}: {fault.Message}", fault);
        }
    }

    // The head of the golden files says this rule in words.
    private static bool Hits(RankedRegion region, (string Path, Symbol Symbol) answer) =>
        region.Path == answer.Path && region.Symbol is { } symbol
        && (symbol.Path == answer.Symbol.Path || (answer.Symbol.IsType ? IsConstructorOf(symbol, answer.Symbol) : Holds(answer.Symbol, symbol)));

    private static bool IsConstructorOf(Symbol symbol, Symbol type) =>
        symbol.Kind == SymbolKinds.Constructor && type.Children.Any(child => child.Path == symbol.Path);

    private static bool Holds(Symbol outer, Symbol inner) => outer.Children.Any(child => child.Path == inner.Path || Holds(child, inner));
}
