using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Rlm.Context.Files;

/// <summary>
/// Names are shown with control, bidi and zero-width characters as <c>\u{1b}</c>, and the escaped form is accepted back
/// (Trojan Source, CVE-2021-42574; ANSI codes in tool output). JSON answers carry the real name.
/// </summary>
public static partial class NameEscaping
{
    /// <summary>The form for text answers; the same string when nothing needs escaping.</summary>
    public static string Escape(string name)
    {
        if (!name.AsSpan().ContainsAnyExceptInRange(' ', '~')) return name;
        var builder = new StringBuilder(name.Length + 8);
        foreach (var rune in name.EnumerateRunes())
            if (IsHidden(rune)) builder.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
            else builder.Append(rune);
        return builder.ToString();
    }

    /// <summary>Turns <c>\u{1b}</c> back into its character; text without such escapes comes back unchanged.</summary>
    public static string Unescape(string name) =>
        name.Contains("\\u{", StringComparison.Ordinal) ? EscapePattern().Replace(name, Decode) : name;

    private static string Decode(Match match) =>
        int.TryParse(match.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var value) && Rune.IsValid(value)
            ? new Rune(value).ToString()
            : match.Value;

    private static bool IsHidden(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate;

    [GeneratedRegex(@"\\u\{([0-9a-fA-F]{1,6})\}")]
    private static partial Regex EscapePattern();
}
