using System.Globalization;
using System.Text;

namespace Rlm.Context.Search.Planning;

/// <summary>What a character of a pattern can look like in a file: folded UTF-8, one <see cref="char"/> of a string for each byte.</summary>
internal static class CharacterBytes
{
    private const string KelvinSign = "\u00E2\u0084\u00AA";

    /// <summary>
    /// All folded byte sequences of texts that the character matches; null when that is not certain. Half a surrogate pair may meet the half of a whole
    /// character, U+FFFD any invalid byte, and letters beyond ASCII have partners of their own under .NET's case equivalence: those give null.
    /// </summary>
    /// <param name="character">A character that stands for itself.</param>
    /// <param name="ignoresCase"><see cref="System.Text.RegularExpressions.RegexOptions.IgnoreCase"/> with <c>CultureInvariant</c>: among ASCII only <c>k</c> has a partner outside, the Kelvin sign.</param>
    public static string[]? Of(char character, bool ignoresCase)
    {
        if (char.IsAscii(character))
        {
            var folded = char.ToLowerInvariant(character);
            return ignoresCase && folded == 'k' ? ["k", KelvinSign] : [folded.ToString()];
        }
        if (char.IsSurrogate(character) || character == '\uFFFD' || (ignoresCase && MayHaveCase(character))) return null;
        return [Bytes(new Rune(character))];
    }

    /// <summary>The UTF-8 bytes of a character beyond ASCII.</summary>
    public static string Bytes(Rune rune)
    {
        Span<byte> utf8 = stackalloc byte[4];
        return Encoding.Latin1.GetString(utf8[..rune.EncodeToUtf8(utf8)]);
    }

    // Ideographs, kana, Hangul and other letters without case; every other category is left alone.
    private static bool MayHaveCase(char character) => char.GetUnicodeCategory(character) != UnicodeCategory.OtherLetter;
}
