using System.Buffers;

namespace Rlm.Context.Search.Ranking;

/// <summary>
/// Makes forms of one English word alike: plurals (the S-stemmer of Harman, "How effective is suffixing?", JASIS 1991), then one of -ing, -ed, then one of -er, -or, -ion,
/// then a final e: serialize, serializer, serializing, serialized. Light: what is cut is short, what is left has three letters at least. Only ASCII words are touched.
/// </summary>
internal static class Stemmer
{
    private const int Least = 4;

    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouy");

    /// <summary>How many characters of the word are its stem; characters before it may be changed.</summary>
    /// <param name="word">Lower case.</param>
    public static int Stem(Span<char> word)
    {
        if (word.Length < Least || !char.IsAsciiLetterLower(word[^1])) return word.Length;
        var length = Singular(word, word.Length);
        length = WithoutVerbEnding(word, length);
        length = WithoutNounEnding(word[..length]);
        return length >= Least && word[length - 1] == 'e' ? length - 1 : length;
    }

    private static int Singular(Span<char> word, int length)
    {
        if (word[length - 1] != 's') return length;
        if (Ends(word, "ies") && length > Least && !Ends(word, "eies") && !Ends(word, "aies"))
        {
            word[length - 3] = 'y';
            return length - 2;
        }
        return Ends(word, "us") || Ends(word, "ss") || Ends(word, "is") ? length : length - 1;
    }

    private static int WithoutVerbEnding(Span<char> word, int length)
    {
        var whole = word[..length];
        var cut = Ends(whole, "ing") ? 3 : Ends(whole, "ed") ? 2 : 0;
        var left = length - cut;
        if (cut == 0 || left < 3 || !HasVowel(word[..left])) return length;
        // mapping, mapped: the doubled letter goes, but not in calling, passing, buzzing.
        if (left > 3 && word[left - 1] == word[left - 2] && word[left - 1] is not ('l' or 's' or 'z' or 'e' or 'o')) return left - 1;
        return left;
    }

    private static int WithoutNounEnding(Span<char> word)
    {
        var cut = Ends(word, "ization") ? 5 : Ends(word, "tion") || Ends(word, "sion") ? 3 : Ends(word, "er") || Ends(word, "or") ? 2 : 0;
        return cut > 0 && word.Length - cut >= Least ? word.Length - cut : word.Length;
    }

    private static bool HasVowel(ReadOnlySpan<char> word) => word.ContainsAny(Vowels);

    private static bool Ends(ReadOnlySpan<char> word, string ending) => word.EndsWith(ending, StringComparison.Ordinal);
}
