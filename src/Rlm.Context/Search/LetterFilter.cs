using System.Text;

namespace Rlm.Context.Search;

/// <summary>
/// A quick test that names must pass before they are scored: the asked letters occur in them in order, any case, as they do in every prefix, hump, part and subsequence; or, with
/// a tolerance, the letters are the same but for so many. Letters beyond ASCII are left out of the question, and names that have some always pass with a tolerance.
/// </summary>
/// <param name="asked">The letters.</param>
/// <param name="tolerance">How many letters may differ where the order does not hold; 0 for none.</param>
internal sealed class LetterFilter(string asked, int tolerance)
{
    private readonly byte[] _letters = Encoding.ASCII.GetBytes([.. asked.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant)]);
    private readonly bool _isPlain = asked.All(char.IsAsciiLetterOrDigit);

    /// <summary>Whether a name in UTF-8 is worth scoring.</summary>
    public bool Passes(ReadOnlySpan<byte> name) => HoldsInOrder(name) || (tolerance > 0 && IsNear(name));

    private bool HoldsInOrder(ReadOnlySpan<byte> name)
    {
        var at = 0;
        foreach (var letter in name)
        {
            if (at == _letters.Length) return true;
            if (Lower(letter) == _letters[at]) at++;
        }
        return at == _letters.Length;
    }

    // At least as many edits lie between two words as letters of one are lacking in the other.
    private bool IsNear(ReadOnlySpan<byte> name)
    {
        if (!_isPlain || !Ascii.IsValid(name)) return true;
        if (Math.Abs(name.Length - _letters.Length) > tolerance) return false;
        Span<sbyte> counts = stackalloc sbyte[128];
        counts.Clear();
        foreach (var letter in _letters) counts[letter]++;
        var extra = 0;
        foreach (var letter in name)
            if (--counts[Lower(letter)] < 0 && ++extra > tolerance) return false;
        return extra + _letters.Length - name.Length <= tolerance;
    }

    private static byte Lower(byte letter) => letter is >= (byte)'A' and <= (byte)'Z' ? (byte)(letter | 0x20) : letter;
}
