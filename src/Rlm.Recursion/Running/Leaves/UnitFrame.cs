using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Rlm.Recursion.Context;

namespace Rlm.Recursion.Running.Leaves;

/// <summary>
/// Puts repository text into a prompt so that it stays data. Its lines bear numbers, so none begins like a tag; and what reads like one of our tags anywhere in it has its <c>&lt;</c> written
/// as <c>&amp;lt;</c>, so no text ends its own frame:
/// <code>
/// &lt;unit id="1" handle="src/A.cs:1-2@00000000" symbol="…">
/// 1&lt;TAB>text
/// &lt;/unit>
/// </code>
/// Rejected: a random fence, which would make equal requests differ and so defeat prompt caches, the memo and replay.
/// </summary>
internal static partial class UnitFrame
{
    /// <summary>Characters that a frame adds to a unit's text at most, without the unit's own names.</summary>
    public const int Overhead = 64;

    /// <summary>Appends one framed unit, a pair with both its texts.</summary>
    public static void Append(StringBuilder prompt, int id, Unit unit, string text, string? with)
    {
        prompt.Append(CultureInfo.InvariantCulture, $"<unit id=\"{id}\" handle=\"{Attribute(unit.Handle)}\"");
        if (unit.Symbol is not null) prompt.Append(CultureInfo.InvariantCulture, $" symbol=\"{Attribute(unit.Symbol)}\"");
        if (unit.Callers is not null) prompt.Append(CultureInfo.InvariantCulture, $" callers=\"{Attribute(unit.Callers)}\"");
        prompt.Append(">\n");
        AppendData(prompt, text);
        if (unit.With is { } other)
        {
            prompt.Append(CultureInfo.InvariantCulture, $"<with handle=\"{Attribute(other.Handle)}\"").Append(other.Symbol is null ? "" : $" symbol=\"{Attribute(other.Symbol)}\"").Append(">\n");
            AppendData(prompt, with ?? "");
            prompt.Append("</with>\n");
        }
        prompt.Append("</unit>\n");
    }

    /// <summary>Appends data between tags of another name: <c>context</c>, <c>finding</c>.</summary>
    public static void Append(StringBuilder prompt, string tag, string handle, string text)
    {
        prompt.Append(CultureInfo.InvariantCulture, $"<{tag} handle=\"{Attribute(handle)}\">\n");
        AppendData(prompt, text);
        prompt.Append(CultureInfo.InvariantCulture, $"</{tag}>\n");
    }

    /// <summary>Names come from the repository too: they cannot leave their quotes or their line.</summary>
    public static string Attribute(string name)
    {
        if (name.AsSpan().IndexOfAny("\"<>&") < 0 && !name.Any(IsUnsafe)) return name;
        var safe = new StringBuilder();
        foreach (var character in name)
            _ = character switch
            {
                '"' => safe.Append("&quot;"),
                '<' => safe.Append("&lt;"),
                '>' => safe.Append("&gt;"),
                '&' => safe.Append("&amp;"),
                _ when IsUnsafe(character) => safe.Append(CultureInfo.InvariantCulture, $"&#{(int)character};"),
                _ => safe.Append(character),
            };
        return safe.ToString();
    }

    /// <summary>Text in which nothing reads like one of our tags.</summary>
    public static string Data(string text) => text.Contains('<', StringComparison.Ordinal) ? Tag().Replace(text, "&lt;") : text;

    /// <summary>Handles of the units and of their context that a prompt frames, in order.</summary>
    public static IEnumerable<string> HandlesIn(string prompt) => Frame().Matches(prompt).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value));

    private static void AppendData(StringBuilder prompt, string text)
    {
        prompt.Append(Data(text));
        if (prompt[^1] != '\n') prompt.Append('\n');
    }

    private static bool IsUnsafe(char character) => char.IsControl(character) || char.GetUnicodeCategory(character) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    [GeneratedRegex("^<(?:unit id=\"[0-9]+\"|with|context) handle=\"([^\"]*)\"", RegexOptions.Multiline)]
    private static partial Regex Frame();

    [GeneratedRegex(@"<(?=[\s/\p{Cf}]*(?:unit|with|context|finding|claim|task)\b)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}
