namespace Rlm.Context.Search;

/// <summary>How well a symbol's name fits what was asked: exact first, then prefixes, camel humps, parts, and last near misses.</summary>
internal static class SymbolScore
{
    /// <summary>Lowest score that is no near miss.</summary>
    public const int Solid = 40;

    /// <summary>0 for no fit, up to 100 for the exact name.</summary>
    /// <param name="asked">One name, or a qualified one whose last part is the name.</param>
    /// <param name="name">The symbol's own name.</param>
    /// <param name="path">Its path inside the file; the asked qualifiers must occur in it in order.</param>
    public static int Of(string asked, string name, string path)
    {
        var cut = asked.LastIndexOf('.');
        if (cut <= 0 || cut == asked.Length - 1) return OfName(asked, name);
        if (string.Equals(asked, path, StringComparison.Ordinal) || EndsAtName(path, asked, StringComparison.Ordinal)) return 100;
        if (EndsAtName(path, asked, StringComparison.OrdinalIgnoreCase)) return 95;
        var holder = path.Length > name.Length && path.LastIndexOf('.') is var dot and > 0 ? path[..dot] : "";
        var score = OfName(asked[(cut + 1)..], name);
        return score > 0 && HoldsInOrder(holder, asked[..cut].Split('.', StringSplitOptions.RemoveEmptyEntries)) ? Math.Max(1, score - 3) : 0;
    }

    /// <summary>How many letters a near miss may differ in.</summary>
    public static int Tolerance(string asked) => Math.Max(1, asked.Length / 4);

    /// <summary>Splits a name into its humps: <c>GetHTTPResponse_v2</c> gives Get, HTTP, Response, v2.</summary>
    public static List<string> Humps(string name)
    {
        var humps = new List<string>();
        var start = 0;
        for (var at = 1; at <= name.Length; at++)
            if (at == name.Length || IsBoundary(name, at))
            {
                var hump = name[start..at].Trim('_', '-', ' ', '.');
                if (hump.Length > 0) humps.Add(hump);
                start = at;
            }
        return humps;
    }

    private static bool IsBoundary(string name, int at)
    {
        char before = name[at - 1], here = name[at];
        if (here is '_' or '-' or ' ' or '.') return true;
        if (char.IsUpper(here)) return !char.IsUpper(before) || (at + 1 < name.Length && char.IsLower(name[at + 1]));
        return false;
    }

    private static int OfName(string asked, string name)
    {
        if (name == asked) return 100;
        if (string.Equals(name, asked, StringComparison.OrdinalIgnoreCase)) return 95;
        if (name.StartsWith(asked, StringComparison.Ordinal)) return 85;
        if (name.StartsWith(asked, StringComparison.OrdinalIgnoreCase)) return 80;
        if (MatchesHumps(asked, name, out var skipped)) return skipped == 0 ? 75 : Math.Max(60, 72 - skipped);
        if (asked.Length >= 2 && name.Contains(asked, StringComparison.OrdinalIgnoreCase)) return 50;
        return asked.Length >= 4 ? NearMiss(asked, name) : 0;
    }

    // Each hump of the question is a prefix of a hump of the name, in order; humps of the name may be skipped.
    private static bool MatchesHumps(string asked, string name, out int skipped)
    {
        skipped = 0;
        var wanted = asked.Any(char.IsUpper) ? Humps(asked).SelectMany(SplitCapitals).ToList() : [.. asked.Length <= 6 ? asked.Select(c => c.ToString()) : []];
        if (wanted.Count < 2) return false;
        var humps = Humps(name);
        var at = 0;
        foreach (var hump in wanted)
        {
            while (at < humps.Count && !humps[at].StartsWith(hump, StringComparison.OrdinalIgnoreCase))
            {
                at++;
                skipped++;
            }
            if (at++ == humps.Count) return false;
        }
        return true;
    }

    // GFN asks for three humps, Get for one.
    private static IEnumerable<string> SplitCapitals(string hump) => hump.Length > 1 && hump.All(char.IsUpper) ? hump.Select(c => c.ToString()) : [hump];

    private static int NearMiss(string asked, string name)
    {
        var limit = Tolerance(asked);
        var distance = NearNames.Distance(asked.ToLowerInvariant(), name.ToLowerInvariant(), limit);
        if (distance <= limit) return 30 - distance;
        return IsSubsequence(asked, name) ? Math.Max(1, 20 - (name.Length - asked.Length) / 2) : 0; // the tighter the better
    }

    private static bool IsSubsequence(string asked, string name)
    {
        var at = 0;
        foreach (var c in name)
            if (at < asked.Length && char.ToLowerInvariant(c) == char.ToLowerInvariant(asked[at])) at++;
        return at == asked.Length;
    }

    private static bool EndsAtName(string path, string asked, StringComparison comparison) =>
        path.Length > asked.Length && path[^(asked.Length + 1)] == '.' && path.EndsWith(asked, comparison);

    private static bool HoldsInOrder(string holder, string[] parts)
    {
        var at = 0;
        foreach (var part in holder.Split('.'))
            if (at < parts.Length && part.StartsWith(parts[at], StringComparison.OrdinalIgnoreCase)) at++;
        return at == parts.Length;
    }
}
