using System.Buffers;

namespace Rlm.Context.Search;

/// <summary>Counts in one pass how often each of a few terms occurs in a text, any case, as a part of words too.</summary>
internal sealed class TermCounter
{
    // Enough to rank by: more occurrences of a term hardly change its weight.
    private const int MaxPerText = 4_000;

    private readonly string[] _terms;
    private readonly SearchValues<string> _any;

    public TermCounter(IReadOnlyList<string> terms)
    {
        _terms = [.. terms];
        _any = SearchValues.Create(_terms, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Adds the occurrences to <paramref name="counts"/>, one number a term.</summary>
    public void Count(ReadOnlySpan<char> text, Span<int> counts)
    {
        for (var left = MaxPerText; left > 0 && text.IndexOfAny(_any) is var at and >= 0; left--)
        {
            text = text[at..];
            for (var term = 0; term < _terms.Length; term++)
                if (text.StartsWith(_terms[term], StringComparison.OrdinalIgnoreCase)) counts[term]++;
            text = text[1..];
        }
    }
}
