using System.Text.RegularExpressions;

namespace Rlm.Recursion.Tests.Trajectories.Page;

/// <summary>Whether a page is made of the program's own elements alone, closed in their order, and leads nowhere but to places on itself and to the web.</summary>
internal static partial class PageCheck
{
    private static readonly HashSet<string> Elements = [.. "html head meta title style body a header nav main section p h1 h2 h3 h4 h5 h6 details summary pre code span strong em del ul ol li dl dt dd div table thead tbody tr th td figure figcaption svg rect path blockquote i br hr".Split(' ')];

    private static readonly HashSet<string> Attributes =
        [.. "lang charset http-equiv content name class id href rel open tabindex role start scope aria-label aria-labelledby aria-hidden viewBox preserveAspectRatio width height x d style data-ended".Split(' ')];

    private static readonly string[] Void = ["meta", "br", "hr"];

    /// <summary>What is wrong with it; null for nothing.</summary>
    public static string? Fault(string page)
    {
        var text = StylePattern().Replace(page.Replace("<!doctype html>", "", StringComparison.Ordinal), "<style></style>", 1);
        var open = new Stack<string>();
        var (ids, targets) = (new HashSet<string>(), new HashSet<string>());
        foreach (Match tag in Tag().Matches(text))
        {
            var name = tag.Groups[2].Value;
            if (!Elements.Contains(name)) return $"element {tag.Value}";
            foreach (Match attribute in Attribute().Matches(tag.Groups[3].Value))
            {
                var (key, value) = (attribute.Groups[1].Value, attribute.Groups[2].Value);
                if (!Attributes.Contains(key) || (key == "style" && !value.StartsWith("text-align", StringComparison.Ordinal))) return $"attribute {tag.Value}";
                if (key == "id" && !ids.Add(value)) return $"id {value} stands twice";
                if (key == "href" && value.StartsWith('#')) targets.Add(value[1..]);
                else if (key == "href" && !value.StartsWith("https://", StringComparison.Ordinal) && !value.StartsWith("http://", StringComparison.Ordinal)) return $"link to {value}";
            }
            if (Attribute().Replace(tag.Groups[3].Value, "").Trim() is not ("" or "/")) return $"tag {tag.Value}";
            if (tag.Groups[1].Value == "/")
            {
                if (open.Count == 0 || open.Pop() != name) return $"{tag.Value} closes nothing, at {tag.Index}: {text[Math.Max(0, tag.Index - 200)..tag.Index]}";
            }
            else if (!Void.Contains(name) && !tag.Value.EndsWith("/>", StringComparison.Ordinal)) open.Push(name);
        }
        if (open.Count > 0) return $"not closed: {string.Join(' ', open)}";
        if (Tag().Replace(text, "").AsSpan().IndexOfAny('<', '>') >= 0) return "a bare < or >";
        return targets.Except(ids).FirstOrDefault() is { } lost ? $"link to #{lost}, which is nowhere" : null;
    }

    [GeneratedRegex("<style>[^<]*</style>")]
    private static partial Regex StylePattern();

    [GeneratedRegex("<(/?)([a-zA-Z0-9]+)((?:[^\"<>]|\"[^\"<>]*\")*)>")]
    private static partial Regex Tag();

    [GeneratedRegex("\\s([a-zA-Z-]+)(?:=\"([^\"]*)\")?")]
    private static partial Regex Attribute();
}
