using Rlm.Context.Files;
using Rlm.Context.Outlines.Markup;

namespace Rlm.Context.Outlines.Declarations;

/// <summary>The comment that stands right above a declaration.</summary>
/// <param name="Start">Its first line; the declaration's own when there is none.</param>
/// <param name="Doc">Its first paragraph on one line.</param>
internal readonly record struct CommentAbove(int Start, string Doc)
{
    private const int MaxLines = 200, MaxDoc = 300;

    /// <summary>Looks above a line.</summary>
    public static CommentAbove Find(LineMap lines, int line, DeclarationSyntax syntax)
    {
        var first = line;
        while (first > 1 && line - first < MaxLines && IsComment(lines, first - 1, syntax) is { } above) first = above;
        return first == line ? new(line, "") : new(first, Paragraph(lines, first, line));
    }

    /// <summary>The first paragraph of a text on one line.</summary>
    public static string Shorten(string paragraph)
    {
        var line = Sections.OneLine(paragraph);
        return line.Length <= MaxDoc ? line : string.Concat(line.AsSpan(0, MaxDoc).TrimEnd(), "…");
    }

    // The first line of the comment that ends on a line; null when none does.
    private static int? IsComment(LineMap lines, int line, DeclarationSyntax syntax)
    {
        var content = lines.Line(line).Trim();
        if (content.IsEmpty) return null;
        if (syntax.HasHashComments && content[0] == '#' && !content.StartsWith("#[") && !(content.StartsWith("#!") && line == 1)) return line;
        if (syntax.HasDashComments) return content.StartsWith("--") && !content.EndsWith("]]") ? line : null;
        if (syntax.IsPython || syntax.IsRuby || syntax.IsBash) return null;
        if (content.StartsWith("//") && !content.StartsWith("//!")) return line;
        return content.EndsWith("*/") ? BlockStart(lines, line) : null;
    }

    private static int? BlockStart(LineMap lines, int line)
    {
        for (var first = line; first >= 1 && line - first < MaxLines; first--)
        {
            var content = lines.Line(first).Trim();
            if (content.StartsWith("/*")) return first;
            if (content.Contains("/*", StringComparison.Ordinal)) return null; // behind code
        }
        return null;
    }

    private static string Paragraph(LineMap lines, int first, int behind)
    {
        var paragraph = new List<string>();
        for (var line = first; line < behind; line++)
        {
            var words = Words(lines.Line(line));
            if (words.IsEmpty && paragraph.Count > 0) break;
            if (words.IsEmpty) continue;
            if (words[0] is '@' or '\\' && paragraph.Count > 0) break; // @param and its kin
            paragraph.Add(words.ToString());
        }
        return Shorten(string.Join(' ', paragraph));
    }

    private static ReadOnlySpan<char> Words(ReadOnlySpan<char> line)
    {
        var content = line.Trim().TrimStart("/*#-!;").Trim();
        return content.EndsWith("*/") ? content[..^2].TrimEnd("* ") : content;
    }
}
