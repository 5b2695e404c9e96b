namespace Rlm.Context.Search.Ranking;

/// <summary>
/// Words as 64-bit numbers, the terms of the index: FNV-1a over lower-cased UTF-16 units. Stored, so it changes only together with the version of the outline key.
/// Names kept whole and stems of words have different numbers, so that <c>Expression</c>, the type, can be counted apart from the word.
/// </summary>
internal static class TermHash
{
    /// <summary>What a hash of a stem or a name begins with.</summary>
    public const ulong StemSeed = 14695981039346656037UL, NameSeed = 0x9E3779B97F4A7C15UL;

    private const ulong Prime = 1099511628211UL;

    /// <summary>The hash with one more unit.</summary>
    public static ulong Add(ulong hash, char lower) => (hash ^ lower) * Prime;

    /// <summary>The term of a stem, or of any word in its space, that is lower case already.</summary>
    public static ulong OfStem(ReadOnlySpan<char> lower)
    {
        var hash = StemSeed;
        foreach (var c in lower) hash = Add(hash, c);
        return hash;
    }

    /// <summary>
    /// The term under which whole names are found, in any case; the units that have it tell how often a name is used. A name of one lower-case word is not kept
    /// whole: it has the term of its stem, and counts are too high for it.
    /// </summary>
    /// <param name="name">As in source; of a qualified one the last part.</param>
    public static ulong OfName(string name)
    {
        var sink = new LastName();
        TermSplitter.Split(name.AsSpan(name.LastIndexOf('.') + 1), ref sink);
        return sink.Name != 0 ? sink.Name : sink.Stem;
    }

    private struct LastName : ITermSink
    {
        public ulong Name, Stem;

        public void AddName(ulong term)
        {
            if (Name == 0) Name = term;
        }

        public void AddStem(ulong term)
        {
            if (Stem == 0) Stem = term;
        }
    }
}
