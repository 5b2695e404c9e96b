using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Rlm.Context.Search;

/// <summary>
/// Finds whether UTF-8 bytes can hold an ASCII text in any case, without decoding them: two of its bytes are compared at once in every place of a vector
/// (Mula, "SIMD-friendly algorithms for substring searching"), the places left are compared whole. May say yes too often, never no.
/// </summary>
internal sealed class CaselessFinder
{
    private const byte CaseBit = 0x20;

    // Characters outside ASCII that .NET takes for ASCII letters when case is ignored: the Kelvin sign, dotted and dotless i, long s.
    private static readonly (char Letter, byte[] Utf8)[] Partners = [('k', "\u212A"u8.ToArray()), ('i', "\u0130"u8.ToArray()), ('i', "\u0131"u8.ToArray()), ('s', "\u017F"u8.ToArray())];

    // From the commonest in source text to the rarest; the rarest two bytes of a text leave the fewest places to look at.
    private const string ByFrequency = " etaonrisl.c(u)dmp;fg,=y\"/vbhx_-*>1<0:k'2{}[]w3z4jq";

    private readonly byte[] _text;
    private readonly int _first, _second;
    private readonly byte[][] _partners;

    private CaselessFinder(byte[] text, int first, int second, byte[][] partners) => (_text, _first, _second, _partners) = (text, first, second, partners);

    /// <summary>Null for a text that is shorter than two characters or not all ASCII.</summary>
    public static CaselessFinder? For(string text)
    {
        if (text.Length < 2 || !Ascii.IsValid(text)) return null;
        var lower = text.ToLowerInvariant();
        var rarest = Enumerable.Range(0, lower.Length).OrderByDescending(at => Rarity(lower[at])).Take(2).Order().ToArray();
        return new(Encoding.ASCII.GetBytes(lower), rarest[0], rarest[1], [.. Partners.Where(partner => lower.Contains(partner.Letter)).Select(partner => partner.Utf8)]);
    }

    /// <summary>False only when no text in the bytes equals the wanted one in any case.</summary>
    public bool MayBeIn(ReadOnlySpan<byte> utf8) => IndexIn(utf8) >= 0 || HasPartner(utf8);

    /// <summary>True when the bytes hold a character beyond ASCII that may stand for a letter of the text; then <see cref="IndexIn"/> does not find every place.</summary>
    public bool HasPartner(ReadOnlySpan<byte> utf8)
    {
        if (_partners.Length == 0 || Ascii.IsValid(utf8)) return false;
        foreach (var partner in _partners)
            if (utf8.IndexOf(partner) >= 0) return true;
        return false;
    }

    /// <summary>Where the text first stands in ASCII letters, in any case; -1 if nowhere.</summary>
    public int IndexIn(ReadOnlySpan<byte> utf8)
    {
        var at = 0;
        var places = utf8.Length - _text.Length + 1; // where the text can begin
        if (Vector256.IsHardwareAccelerated)
        {
            ref var start = ref MemoryMarshal.GetReference(utf8);
            var caseBits = Vector256.Create(CaseBit);
            var first = Vector256.Create((byte)(_text[_first] | CaseBit));
            var second = Vector256.Create((byte)(_text[_second] | CaseBit));
            for (; at + Vector256<byte>.Count <= places; at += Vector256<byte>.Count)
            {
                var equal = Vector256.Equals(Vector256.LoadUnsafe(ref start, (nuint)(at + _first)) | caseBits, first) & Vector256.Equals(Vector256.LoadUnsafe(ref start, (nuint)(at + _second)) | caseBits, second);
                for (var bits = equal.ExtractMostSignificantBits(); bits != 0; bits &= bits - 1)
                    if (at + BitOperations.TrailingZeroCount(bits) is var place && StandsAt(utf8, place)) return place;
            }
        }
        for (; at < places; at++)
            if (StandsAt(utf8, at)) return at;
        return -1;
    }

    private static int Rarity(char c) => ByFrequency.IndexOf(c) is var at and >= 0 ? at : ByFrequency.Length;

    private bool StandsAt(ReadOnlySpan<byte> utf8, int at)
    {
        for (var index = 0; index < _text.Length; index++)
        {
            var here = utf8[at + index];
            if (here != _text[index] && !(char.IsAsciiLetterUpper((char)here) && (here | CaseBit) == _text[index])) return false;
        }
        return true;
    }
}
