using System.Globalization;
using System.Text;

namespace Rlm.Mcp.Commands;

/// <summary>
/// Makes text safe to show on a terminal: control and bidi characters become <c>\u{1b}</c>. Tabs, line ends and the two
/// joiners that ordinary writing needs (U+200C, U+200D) stay.
/// </summary>
internal static class TerminalText
{
    /// <summary>The safe form; the same string when there is nothing to escape.</summary>
    public static string Escape(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(Harmless)) return text;
        var builder = new StringBuilder(text.Length + 16);
        for (var at = 0; at < text.Length;)
        {
            if (Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var length) != System.Buffers.OperationStatus.Done) rune = Rune.ReplacementChar;
            if (IsHidden(rune) && !IsLineEnd(text, at)) builder.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
            else builder.Append(rune);
            at += length;
        }
        return builder.ToString();
    }

    private static readonly System.Buffers.SearchValues<char> Harmless =
        System.Buffers.SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c), '\t', '\n']);

    private static bool IsHidden(Rune rune) => rune.Value is not ('\t' or '\n' or 0x200C or 0x200D) && Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static bool IsLineEnd(string text, int at) => text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n';
}
