using System.Text;
using Rlm.Context.Files;

namespace Rlm.Context.Outlines.Markup;

/// <summary>A heading of a document.</summary>
/// <param name="Line">Its first line, from 1.</param>
/// <param name="Level">1 is the highest.</param>
/// <param name="Title">Its text on one line.</param>
/// <param name="Signature">How it is shown: <c>## Title</c>.</param>
internal readonly record struct Heading(int Line, int Level, string Title, string Signature);

/// <summary>Nests headings into sections.</summary>
internal static class Sections
{
    private const int MaxTitle = 200;

    /// <summary>Sections in file order; each ends before the next heading of its own or a higher level.</summary>
    public static List<Draft> Nest(IReadOnlyList<Heading> headings, LineMap lines)
    {
        var roots = new List<Draft>();
        var open = new Stack<(int Level, Draft Draft)>();
        foreach (var heading in headings)
        {
            var draft = new Draft(SymbolKinds.Heading, heading.Title)
            {
                Start = heading.Line, End = lines.Count, NameLine = heading.Line, DocStart = heading.Line, Signature = heading.Signature,
            };
            while (open.Count > 0 && open.Peek().Level >= heading.Level) open.Pop().Draft.End = Math.Max(1, heading.Line - 1);
            (open.Count == 0 ? roots : open.Peek().Draft.Children).Add(draft);
            open.Push((heading.Level, draft));
        }
        return roots;
    }

    /// <summary>Text on one line, at most 200 characters.</summary>
    public static string OneLine(ReadOnlySpan<char> text)
    {
        var builder = new StringBuilder(Math.Min(text.Length, MaxTitle));
        foreach (var character in text.Trim())
        {
            if (!char.IsWhiteSpace(character)) builder.Append(character);
            else if (builder.Length > 0 && builder[^1] != ' ') builder.Append(' ');
            if (builder.Length >= MaxTitle && !char.IsHighSurrogate(builder[^1])) return builder.Append('…').ToString();
        }
        return builder.ToString();
    }
}
