namespace Rlm.Mcp.Commands;

/// <summary>What somebody may have meant.</summary>
internal static class NearNames
{
    /// <summary>Up to three candidates within a third of the word's length (at least two edits), nearest first.</summary>
    public static IReadOnlyList<string> Of(string word, IEnumerable<string> candidates) =>
    [
        .. candidates.Select(candidate => (candidate, distance: Distance(word, candidate)))
            .Where(pair => pair.distance <= Math.Max(2, word.Length / 3) && pair.distance < pair.candidate.TrimStart('-').Length)
            .OrderBy(pair => pair.distance).ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .Take(3).Select(pair => pair.candidate),
    ];

    /// <summary><c> Did you mean --root?</c> with a leading blank, or nothing.</summary>
    public static string Hint(string word, IEnumerable<string> candidates) =>
        Of(word, candidates) is { Count: > 0 } near ? $" Did you mean {string.Join(" or ", near)}?" : "";

    // Levenshtein distance, one row at a time, swaps of neighbours counted as two edits.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
