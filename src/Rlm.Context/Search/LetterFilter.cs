using System.Text;

namespace Rlm.Context.Search;

/// <summary>
/// A quick test that names must pass before they are scored: the asked letters occur in them in order, any case, as they do in every prefix, hump, part and subsequence; or, with
/// a tolerance, the characters are the same but for so many. Names with characters beyond ASCII always pass with a tolerance.
/// </summary>
internal sealed class LetterFilter
{
    private const int Ends = 128;

    private readonly byte[] _letters;
    private readonly sbyte[] _counts = new sbyte[Ends];
    private readonly int _tolerance, _length, _beyond;

    /// <summary>Prepares it.</summary>
    /// <param name="asked">The letters.</param>
    /// <param name="tolerance">How many characters may differ where the order does not hold; 0 for none.</param>
    public LetterFilter(string asked, int tolerance)
    {
        _letters = Encoding.ASCII.GetBytes([.. asked.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant)]);
        (_length, _beyond) = (asked.Length, asked.Count(c => !char.IsAscii(c)));
        // Longer ones than the counts can hold are not compared letter by letter, only by their length.
        _tolerance = tolerance;
        if (asked.Length > sbyte.MaxValue) _beyond = asked.Length;
        else
            foreach (var c in asked)
                if (char.IsAscii(c)) _counts[char.ToLowerInvariant(c)]++;
    }

    /// <summary>Whether a name in UTF-8 is worth scoring.</summary>
    public bool Passes(ReadOnlySpan<byte> name) => HoldsInOrder(name) || (_tolerance > 0 && IsNear(name));

    private bool HoldsInOrder(ReadOnlySpan<byte> name)
    {
        var letters = _letters;
        if (letters.Length == 0) return true;
        if (name.Length < letters.Length) return false;
        // Both cases of the first letter at once: most names do not even have that one.
        var first = letters[0];
        var start = name.IndexOfAny(first, char.IsAsciiLetterLower((char)first) ? (byte)(first & ~0x20) : first);
        if (start < 0) return false;
        var at = 1;
        foreach (var letter in name[(start + 1)..])
        {
            if (at == letters.Length) return true;
            if (Lower(letter) == letters[at]) at++;
        }
        return at == letters.Length;
    }

    // At least as many edits lie between two words as their lengths differ, and as characters of one are lacking in the other.
    private bool IsNear(ReadOnlySpan<byte> name)
    {
        if (Math.Abs(name.Length - _length) > _tolerance) return name.Length > _length && !Ascii.IsValid(name);
        Span<sbyte> counts = stackalloc sbyte[Ends];
        _counts.CopyTo(counts);
        var extra = 0;
        foreach (var letter in name)
        {
            if (letter >= Ends) return true;
            if (--counts[Lower(letter)] < 0) extra++;
        }
        // What is not ASCII in the question may be another case of what is.
        return extra <= _tolerance + _beyond && extra + _length - _beyond - name.Length <= _tolerance;
    }

    private static byte Lower(byte letter) => letter is >= (byte)'A' and <= (byte)'Z' ? (byte)(letter | 0x20) : letter;
}
