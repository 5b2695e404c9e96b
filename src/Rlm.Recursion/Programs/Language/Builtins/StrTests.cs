using System.Globalization;
using System.Text;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Builtins;

/// <summary>What kinds of characters there are.</summary>
internal static class StrTests
{
    public static bool All(string text, Func<Rune, bool> test)
    {
        if (text.Length == 0) return false;
        foreach (var rune in text.EnumerateRunes())
            if (!test(rune)) return false;
        return true;
    }

    public static bool IsAlpha(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter;

    public static bool IsDigit(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber || rune.Value is 0xB2 or 0xB3 or 0xB9 or (>= 0x2070 and <= 0x2079 and not (0x2071 or 0x2072 or 0x2073)) or (>= 0x2080 and <= 0x2089)
        || rune.IsBmp && CharUnicodeInfo.GetDigitValue((char)rune.Value) >= 0;

    public static bool IsNumeric(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber || rune.IsBmp && CharUnicodeInfo.GetNumericValue((char)rune.Value) >= 0;

    /// <summary>Python's white space: by direction (WS, B, S) or category Zs.</summary>
    public static bool IsSpace(char unit) => unit is (>= '\t' and <= '\r') or (>= '\x1c' and <= ' ') or '\x85' or '\xa0' or '\u1680' or (>= '\u2000' and <= '\u200a') or '\u2028' or '\u2029' or '\u202f' or '\u205f' or '\u3000';

    public static bool IsCased(string text, bool upper)
    {
        var any = false;
        foreach (var rune in text.EnumerateRunes())
        {
            var isUpper = Rune.IsUpper(rune);
            var isTitle = Rune.GetUnicodeCategory(rune) == UnicodeCategory.TitlecaseLetter;
            if (isTitle || (upper ? Rune.IsLower(rune) : isUpper)) return false;
            any |= upper ? isUpper : Rune.IsLower(rune);
        }
        return any;
    }

    public static bool IsTitle(string text)
    {
        bool any = false, before = false;
        foreach (var rune in text.EnumerateRunes())
        {
            var isUpper = Rune.IsUpper(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.TitlecaseLetter;
            var isLower = Rune.IsLower(rune);
            if (isUpper && before || isLower && !before) return false;
            before = isUpper || isLower;
            any |= before;
        }
        return any;
    }

    public static bool IsIdentifier(string text)
    {
        var first = true;
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            var starts = IsAlpha(rune) || rune.Value == '_' || category == UnicodeCategory.LetterNumber;
            if (!starts && (first || category is not (UnicodeCategory.DecimalDigitNumber or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.ConnectorPunctuation))) return false;
            first = false;
        }
        return !first;
    }
}
