using System.Net;
using System.Text;

namespace Rlm.Context.Outlines.CSharp;

/// <summary>Reduces a doc comment to one line of plain text. Reads XML-like text without an XML parser, since comments are often not well formed.</summary>
internal static class DocSummary
{
    private const int MaxLength = 2000;

    /// <summary>The summary's text; a comment without any tags is its own summary.</summary>
    public static string Of(string comment)
    {
        var plain = WithoutSigns(comment);
        var open = plain.IndexOf("<summary", StringComparison.OrdinalIgnoreCase);
        if (open < 0) return Reduce(plain.AsSpan(0, FirstTag(plain)));
        var start = plain.IndexOf('>', open) + 1;
        if (start == 0 || plain[start - 2] == '/') return "";
        var end = plain.IndexOf("</summary", start, StringComparison.OrdinalIgnoreCase);
        return Reduce(plain.AsSpan(start, (end < 0 ? plain.Length : end) - start));
    }

    private static int FirstTag(string plain) => plain.IndexOf('<', StringComparison.Ordinal) is var at and >= 0 ? at : plain.Length;

    private static string WithoutSigns(string comment)
    {
        var isBlock = comment.StartsWith("/*", StringComparison.Ordinal);
        var body = isBlock ? comment.AsSpan(3, Math.Max(0, comment.Length - (comment.EndsWith("*/", StringComparison.Ordinal) ? 5 : 3))) : comment;
        var builder = new StringBuilder(comment.Length);
        foreach (var line in body.EnumerateLines())
        {
            var content = line.Trim();
            if (!isBlock && content.StartsWith("///")) content = content[3..];
            else if (isBlock && content.StartsWith("*")) content = content[1..];
            builder.Append(content).Append(' ');
        }
        return builder.ToString();
    }

    private static string Reduce(ReadOnlySpan<char> text)
    {
        var builder = new StringBuilder(Math.Min(text.Length, MaxLength));
        while (!text.IsEmpty && builder.Length < MaxLength)
        {
            var open = text.IndexOf('<');
            if (open < 0) open = text.Length;
            builder.Append(text[..open]);
            text = text[open..];
            if (text.IsEmpty) break;
            var close = text.IndexOf('>');
            if (close < 0 || !IsTagStart(text)) close = 0;
            if (close == 0) builder.Append('<');
            else builder.Append(WordsOf(text[1..close]));
            text = text[(close + 1)..];
        }
        var decoded = builder.ToString();
        if (decoded.Contains('&', StringComparison.Ordinal)) decoded = WebUtility.HtmlDecode(decoded);
        return SqueezeBlanks(decoded);
    }

    private static bool IsTagStart(ReadOnlySpan<char> text) => text.Length > 1 && (char.IsLetter(text[1]) || text[1] is '/' or '!');

    // What a tag itself says: the name that a see or paramref points to. Block tags part words, inline tags do not.
    private static string WordsOf(ReadOnlySpan<char> tag)
    {
        foreach (var attribute in (ReadOnlySpan<string>)["cref", "langword", "name"])
            if (tag.EndsWith("/") && Attribute(tag, attribute) is { } value) return Spell(value);
        return tag.TrimStart('/').TrimEnd('/').Trim() is "c" or "b" or "i" or "em" or "strong" or "tt" or "see" || tag.StartsWith("see ") ? "" : " ";
    }

    private static string? Attribute(ReadOnlySpan<char> tag, string name)
    {
        var at = tag.IndexOf(name);
        if (at <= 0 || !char.IsWhiteSpace(tag[at - 1])) return null;
        var rest = tag[(at + name.Length)..].TrimStart();
        if (!rest.StartsWith("=")) return null;
        rest = rest[1..].TrimStart();
        if (rest.IsEmpty || rest[0] is not ('"' or '\'')) return null;
        var end = rest[1..].IndexOf(rest[0]);
        return end < 0 ? null : rest.Slice(1, end).ToString();
    }

    private static string Spell(string cref)
    {
        var name = cref.Length > 2 && cref[1] == ':' ? cref[2..] : cref;
        return name.Replace('{', '<').Replace('}', '>');
    }

    private static string SqueezeBlanks(string text)
    {
        var builder = new StringBuilder(text.Length);
        foreach (var character in text)
            if (!char.IsWhiteSpace(character)) builder.Append(character);
            else if (builder.Length > 0 && builder[^1] != ' ') builder.Append(' ');
        var line = builder.ToString().TrimEnd();
        return line.Length <= MaxLength ? line : string.Concat(line.AsSpan(0, MaxLength), "…");
    }
}
