namespace Rlm.Context;

/// <summary>A quick bound on the edits between a word and names: each letter of the word that a name lacks costs one at least. Without case; counts ASCII only.</summary>
internal sealed class LetterBag
{
    private const int Ends = 128;

    private readonly byte[] _counts = new byte[Ends];
    private readonly int _letters;

    /// <summary>Counts a word of at most 255 characters in lower case.</summary>
    public LetterBag(string word)
    {
        foreach (var c in word)
            if (c < Ends)
            {
                _counts[c]++;
                _letters++;
            }
    }

    /// <summary>False only when more than <paramref name="limit"/> edits lie between the word and a name. O(length), allocates nothing.</summary>
    public bool MayBeNear(ReadOnlySpan<char> name, int limit)
    {
        Span<byte> counts = stackalloc byte[Ends];
        _counts.CopyTo(counts);
        var lacking = _letters;
        foreach (var c in name)
            if (char.ToLowerInvariant(c) is < (char)Ends and var letter && counts[letter] > 0)
            {
                counts[letter]--;
                lacking--;
            }
        return lacking <= limit;
    }
}
