namespace Rlm.Context.Search.Planning;

/// <summary>
/// What is certain about every text that a pattern, or a part of one, matches; texts as folded UTF-8, one <see cref="char"/> for each byte.
/// The algebra is that of Russ Cox's codesearch (<c>index/regexp.go</c>): exact texts, beginnings, ends, and a query for the rest. Never changes.
/// </summary>
internal sealed class MatchFacts
{
    private const int MaxExact = 16, MaxEnds = 20;

    private static readonly HashSet<string> EmptyText = [""];

    /// <summary>Any text, the empty one too.</summary>
    public static readonly MatchFacts Anything = new(null, EmptyText, EmptyText, TrigramQuery.All);

    /// <summary>The empty text only.</summary>
    public static readonly MatchFacts Nothing = new(EmptyText, EmptyText, EmptyText, TrigramQuery.All);

    // A match is one of _exact when that is not null; it begins with one of _prefixes, ends with one of _suffixes and fulfils _query.
    private readonly HashSet<string>? _exact;
    private readonly HashSet<string> _prefixes, _suffixes;
    private readonly TrigramQuery _query;

    private MatchFacts(HashSet<string>? exact, HashSet<string> prefixes, HashSet<string> suffixes, TrigramQuery query) =>
        (_exact, _prefixes, _suffixes, _query) = (exact, prefixes, suffixes, query);

    /// <summary>All that is known, as a query.</summary>
    public TrigramQuery Query => TrigramQuery.And(_query, _exact is null ? TrigramQuery.And(OneOf(_prefixes), OneOf(_suffixes)) : OneOf(_exact));

    /// <summary>One of these texts.</summary>
    public static MatchFacts Texts(IEnumerable<string> texts) => Exact([.. texts], TrigramQuery.All);

    /// <summary>A place where some text begins or ends; nothing is taken from it.</summary>
    public static MatchFacts Place(MatchFacts seen) => new(EmptyText, EmptyText, EmptyText, seen.Query);

    /// <summary>One directly after the other.</summary>
    public static MatchFacts Then(MatchFacts first, MatchFacts second)
    {
        var query = TrigramQuery.And(first._query, second._query);
        if (first._exact is not null && second._exact is not null) return Exact(Joined(first._exact, second._exact), query);
        query = TrigramQuery.And(query, OneOf(Joined(first._suffixes, second._prefixes)));
        var prefixes = first._exact is null ? first._prefixes : Joined(first._exact, second._prefixes);
        var suffixes = second._exact is null ? second._suffixes : Joined(first._suffixes, second._exact);
        return Ends(prefixes, suffixes, query);
    }

    /// <summary>One or the other.</summary>
    public static MatchFacts Either(MatchFacts left, MatchFacts right)
    {
        if (left._exact is not null && right._exact is not null && left._exact.Count + right._exact.Count <= MaxExact)
            return Exact([.. left._exact, .. right._exact], TrigramQuery.Or(left._query, right._query));
        return Ends([.. left._prefixes, .. right._prefixes], [.. left._suffixes, .. right._suffixes], TrigramQuery.Or(left.Query, right.Query));
    }

    /// <summary>The same thing some times in a row, each time with another text.</summary>
    /// <param name="once">The thing.</param>
    /// <param name="least">How often at least.</param>
    /// <param name="most">How often at most.</param>
    public static MatchFacts Repeated(MatchFacts once, int least, int most)
    {
        const int spelledOut = 8;
        if (most == 0) return Nothing;
        if (least == 0) return most == 1 ? Either(once, Nothing) : Anything;
        var isExact = most == least && least <= spelledOut;
        var facts = isExact ? once : Ends(once._prefixes, once._suffixes, once.Query);
        for (var times = Math.Min(least, spelledOut); times > 1; times--) facts = Then(once, facts);
        return facts;
    }

    private static MatchFacts Exact(HashSet<string> exact, TrigramQuery query) =>
        exact.Count <= MaxExact ? new(exact, exact, exact, query) : Ends(exact, exact, TrigramQuery.And(query, OneOf(exact)));

    // Beyond two bytes an end has told its trigrams; only the bytes that a neighbour can complete are kept.
    private static MatchFacts Ends(HashSet<string> prefixes, HashSet<string> suffixes, TrigramQuery query)
    {
        query = TrigramQuery.And(query, TrigramQuery.And(OneOf(prefixes), OneOf(suffixes)));
        return new(null, Cut(prefixes, (text, length) => text[..length]), Cut(suffixes, (text, length) => text[^length..]), query);
    }

    private static HashSet<string> Cut(HashSet<string> texts, Func<string, int, string> cut)
    {
        var length = 2;
        HashSet<string> shorter;
        do shorter = [.. texts.Select(text => text.Length > length ? cut(text, length) : text)];
        while (shorter.Count > MaxEnds && length-- > 0);
        return shorter.Contains("") ? EmptyText : shorter;
    }

    private static HashSet<string> Joined(HashSet<string> first, HashSet<string> second)
    {
        var joined = new HashSet<string>(first.Count * second.Count);
        foreach (var start in first)
            foreach (var end in second) joined.Add(start + end);
        return joined;
    }

    private static TrigramQuery OneOf(HashSet<string> texts)
    {
        var query = TrigramQuery.None;
        var share = Math.Max(1, TrigramQuery.MaxTrigrams / texts.Count);
        foreach (var text in texts)
        {
            if (text.Length < 3) return TrigramQuery.All;
            query = TrigramQuery.Or(query, TrigramQuery.Of(Enumerable.Range(0, Math.Min(text.Length - 2, share)).Select(at => Trigram.Of((byte)text[at], (byte)text[at + 1], (byte)text[at + 2]))));
        }
        return query;
    }
}
