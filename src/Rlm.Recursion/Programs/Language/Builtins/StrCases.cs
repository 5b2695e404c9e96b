using System.Text;
using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Builtins;

/// <summary>Upper, lower and their like, with the special casings that make one letter several (ß to SS).</summary>
internal static class StrCases
{
    private static readonly Dictionary<int, string> Uppers = new()
    {
        [0xDF] = "SS", [0x149] = "\u02BCN", [0x1F0] = "J\u030C", [0x390] = "\u0399\u0308\u0301", [0x3B0] = "\u03A5\u0308\u0301", [0x587] = "\u0535\u0552", [0xFB00] = "FF", [0xFB01] = "FI", [0xFB02] = "FL", [0xFB03] = "FFI", [0xFB04] = "FFL", [0xFB05] = "ST", [0xFB06] = "ST",
        [0x131] = "I", [0x17F] = "S",
    };

    public static string Upper(string text) => Ascii.IsValid(text) ? text.ToUpperInvariant() : Map(text, UpperOne);

    public static string Lower(string text) => Ascii.IsValid(text) ? text.ToLowerInvariant() : LowerAll(text);

    public static string Fold(string text) => Ascii.IsValid(text) ? text.ToLowerInvariant() : Map(Map(text, FoldOne), LowerOne);

    public static string Capitalize(string text)
    {
        if (text.Length == 0) return text;
        var width = char.IsHighSurrogate(text[0]) ? 2 : 1;
        return Map(text[..width], TitleOne) + Lower(text[width..]);
    }

    public static string Title(string text)
    {
        var made = new StringBuilder(text.Length);
        var inside = false;
        foreach (var rune in text.EnumerateRunes())
        {
            made.Append(inside ? LowerOne(rune) : TitleOne(rune));
            inside = IsCased(rune);
        }
        return made.ToString();
    }

    public static string Swap(string text) => Map(text, rune => Rune.IsUpper(rune) ? LowerOne(rune) : Rune.IsLower(rune) ? UpperOne(rune) : rune.ToString());

    private static bool IsCased(Rune rune) => Rune.IsUpper(rune) || Rune.IsLower(rune) || Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.TitlecaseLetter;

    private static string Map(string text, Func<Rune, string> map)
    {
        var made = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) made.Append(map(rune));
        return made.ToString();
    }

    private static string UpperOne(Rune rune) => Uppers.TryGetValue(rune.Value, out var special) ? special : Rune.ToUpperInvariant(rune).ToString();

    private static string TitleOne(Rune rune) => rune.Value switch
    {
        0xDF => "Ss",
        0x1C4 or 0x1C5 or 0x1C6 => "\u01C5",
        0x1C7 or 0x1C8 or 0x1C9 => "\u01C8",
        0x1CA or 0x1CB or 0x1CC => "\u01CB",
        0x1F1 or 0x1F2 or 0x1F3 => "\u01F2",
        >= 0xFB00 and <= 0xFB06 => Uppers[rune.Value][..1] + Uppers[rune.Value][1..].ToLowerInvariant(),
        _ => UpperOne(rune),
    };

    private static string LowerOne(Rune rune) => rune.Value == 0x130 ? "i\u0307" : Rune.ToLowerInvariant(rune).ToString();

    private static string FoldOne(Rune rune) => rune.Value switch { 0xDF or 0x1E9E => "ss", 0x3C2 => "\u03C3", 0x17F => "s", 0xB5 => "\u03BC", >= 0xFB00 and <= 0xFB06 => Uppers[rune.Value].ToLowerInvariant(), 0x149 => "\u02BCn", 0x1F0 => "j\u030C", _ => rune.ToString() };

    // A capital sigma at the end of a word becomes the final one.
    private static string LowerAll(string text)
    {
        var made = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (char.IsHighSurrogate(text[at]) && at + 1 < text.Length) made.Append(LowerOne(new Rune(text[at], text[++at])));
            else if (text[at] == '\u03A3') made.Append(IsFinal(text, at) ? '\u03C2' : '\u03C3');
            else made.Append(LowerOne(new Rune(text[at])));
        }
        return made.ToString();
    }

    private static bool IsFinal(string text, int at)
    {
        var before = at - 1;
        while (before >= 0 && IsIgnorable(text[before])) before--;
        if (before < 0 || !char.IsLetter(text[before])) return false;
        var after = at + 1;
        while (after < text.Length && IsIgnorable(text[after])) after++;
        return after >= text.Length || !(char.IsUpper(text[after]) || char.IsLower(text[after]));
    }

    private static bool IsIgnorable(char unit) => unit is '\'' or '.' or ':' or '^' or '`' or '\u00B7' or '\u2019' || char.GetUnicodeCategory(unit) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.EnclosingMark or System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.ModifierLetter or System.Globalization.UnicodeCategory.ModifierSymbol;
}
