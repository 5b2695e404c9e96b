using System.Runtime.CompilerServices;

namespace Rlm.Context.Search.Ranking;

/// <summary>
/// Splits text into terms: words of letters, digits and underscores that begin with a letter; each whole, if it is a name (<c>GetHTTPResponse</c>, <c>max_size</c>,
/// <c>Expression</c>), and by the stems of its humps (<c>response</c>). Filler words, keywords and single letters are left out. Letters of all scripts count.
/// </summary>
internal static class TermSplitter
{
    // Longer words are data; those in between are names of tests, say, which nobody types whole.
    private const int MaxWord = 240, MaxName = 80, MaxHump = 40;

    private static readonly byte[] Kinds = MakeKinds();

    private const byte Lower = 1, Upper = 2, Digit = 3, Underscore = 4;

    /// <summary>Tells of all terms of a text. About 150 MB a second.</summary>
    public static void Split<TSink>(ReadOnlySpan<char> text, ref TSink sink) where TSink : struct, ITermSink
    {
        for (var at = 0; at < text.Length;)
        {
            if (KindOf(text[at]) == 0)
            {
                at++;
                continue;
            }
            var start = at++;
            while (at < text.Length && KindOf(text[at]) != 0) at++;
            Word(text[start..at], ref sink);
        }
    }

    /// <summary>What a character is to a word; 0 for what parts words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte KindOf(char c) => c < 128 ? Kinds[c] : KindOfOther(c);

    private static void Word<TSink>(ReadOnlySpan<char> word, ref TSink sink) where TSink : struct, ITermSink
    {
        while (word.Length > 0 && KindOf(word[0]) == Underscore) word = word[1..];
        while (word.Length > 0 && word[^1] == '_') word = word[..^1];
        if (word.Length is < 2 or > MaxWord || KindOf(word[0]) == Digit) return;
        Span<char> lower = stackalloc char[MaxWord];
        var name = TermHash.NameSeed;
        var isCompound = false;
        for (var at = 0; at < word.Length; at++)
        {
            lower[at] = word[at] < 128 ? (char)(KindOf(word[at]) == Upper ? word[at] | 0x20 : word[at]) : char.ToLowerInvariant(word[at]);
            name = TermHash.Add(name, lower[at]);
            isCompound |= at > 0 && IsBoundary(word, at);
        }
        if ((isCompound || KindOf(word[0]) == Upper) && word.Length <= MaxName) sink.AddName(name);
        if (!isCompound)
        {
            Hump(lower[..word.Length], ref sink);
            return;
        }
        var start = 0;
        for (var at = 1; at <= word.Length; at++)
            if (at == word.Length || IsBoundary(word, at))
            {
                Hump(lower[start..at], ref sink);
                start = at;
            }
    }

    private static void Hump<TSink>(Span<char> hump, ref TSink sink) where TSink : struct, ITermSink
    {
        hump = hump.Trim('_');
        if (hump.Length is < 2 or > MaxHump || KindOf(hump[0]) == Digit) return;
        var whole = TermHash.OfStem(hump);
        if (StopWords.Contains(whole)) return;
        var stem = Stemmer.Stem(hump);
        sink.AddStem(stem == hump.Length ? whole : TermHash.OfStem(hump[..stem]));
        // sha256 is also found as sha.
        var letters = hump.TrimEnd("0123456789").Length;
        if (letters < hump.Length && letters > 1) sink.AddStem(TermHash.OfStem(hump[..letters]));
    }

    // fooBar, foo_bar, HTTPResponse, md5Hash, md5hash; but URLs is one.
    private static bool IsBoundary(ReadOnlySpan<char> word, int at)
    {
        byte before = KindOf(word[at - 1]), here = KindOf(word[at]);
        if (here == Underscore || before == Underscore) return true;
        if (here == Lower) return before == Digit;
        if (here != Upper) return false;
        if (before != Upper) return true;
        if (at + 1 >= word.Length || KindOf(word[at + 1]) != Lower) return false;
        return word[at + 1] != 's' || (at + 2 < word.Length && KindOf(word[at + 2]) == Lower);
    }

    private static byte KindOfOther(char c) => char.IsUpper(c) ? Upper : char.IsLetter(c) ? Lower : char.IsDigit(c) ? Digit : (byte)0;

    private static byte[] MakeKinds()
    {
        var kinds = new byte[128];
        for (var c = 'a'; c <= 'z'; c++) kinds[c] = Lower;
        for (var c = 'A'; c <= 'Z'; c++) kinds[c] = Upper;
        for (var c = '0'; c <= '9'; c++) kinds[c] = Digit;
        kinds['_'] = Underscore;
        return kinds;
    }
}
