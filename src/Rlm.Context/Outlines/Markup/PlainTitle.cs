using System.Net;
using System.Text.RegularExpressions;

namespace Rlm.Context.Outlines.Markup;

/// <summary>A heading's text as a reader sees it: badges and images gone, links by their text, entities as their characters.</summary>
internal static partial class PlainTitle
{
    private const int MaxWritten = 4000;

    /// <summary>The written text itself when nothing of it would be left.</summary>
    public static string Of(string written)
    {
        if (written.Length > MaxWritten || !written.AsSpan().ContainsAny('[', '&')) return written;
        var plain = WebUtility.HtmlDecode(Link().Replace(Image().Replace(written, ""), "$1")).Replace('\u00A0', ' ').Trim();
        return plain.Length == 0 ? written : plain;
    }

    [GeneratedRegex(@"!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])")]
    private static partial Regex Image();

    [GeneratedRegex(@"\[([^\]\[]*)\](?:\([^)]*\)|\[[^\]]*\])")]
    private static partial Regex Link();
}
