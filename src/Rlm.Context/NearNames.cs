namespace Rlm.Context;

/// <summary>Up to three names that a caller may have meant.</summary>
public static class NearNames
{
    private const int MaxLength = 120;

    /// <summary>The nearest of <paramref name="names"/> by edit distance without case (Damerau-Levenshtein, adjacent swaps), nearest first; none that share too little.</summary>
    public static IReadOnlyList<string> Of(string asked, IEnumerable<string> names, int count = 3)
    {
        var wanted = Cut(asked);
        var limit = Math.Max(2, wanted.Length / 3);
        var bag = new LetterBag(wanted);
        // Nearly all names are too far off by their length or letters alone: only the others are worth a copy.
        return [.. names.Where(name => Math.Abs(End(name).Length - wanted.Length) <= limit && bag.MayBeNear(End(name), limit)).Distinct()
            .Select(name => (Name: name, Distance: Distance(wanted, Cut(name), limit)))
            .Where(near => near.Distance <= limit)
            .OrderBy(near => near.Distance).ThenBy(near => near.Name, StringComparer.Ordinal)
            .Take(count).Select(near => near.Name)];
    }

    /// <summary>Edit distance, or <paramref name="limit"/> + 1 as soon as it is known to be larger.</summary>
    internal static int Distance(string a, string b, int limit)
    {
        if (Math.Abs(a.Length - b.Length) > limit) return limit + 1;
        Span<int> before = stackalloc int[b.Length + 1], last = stackalloc int[b.Length + 1], now = stackalloc int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) last[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var least = now[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                now[j] = Math.Min(Math.Min(now[j - 1], last[j]) + 1, last[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) now[j] = Math.Min(now[j], before[j - 2] + 1);
                least = Math.Min(least, now[j]);
            }
            if (least > limit) return limit + 1;
            var reuse = before;
            before = last;
            last = now;
            now = reuse;
        }
        return last[b.Length];
    }

    private static string Cut(string name) => End(name).ToString().ToLowerInvariant();

    // Of a long name the end tells most.
    private static ReadOnlySpan<char> End(string name) => name.Length > MaxLength ? name.AsSpan(name.Length - MaxLength) : name;
}
