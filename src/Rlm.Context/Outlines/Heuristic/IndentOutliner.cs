using System.Text.RegularExpressions;
using Rlm.Context.Files;
using Rlm.Context.Outlines.Markup;

namespace Rlm.Context.Outlines.Heuristic;

/// <summary>Python and its kin: classes and functions end where the indentation goes back; doc = first line of the docstring.</summary>
internal static partial class IndentOutliner
{
    /// <summary>Declarations in file order, nested by indentation.</summary>
    public static List<Draft> Read(FileText text, CancellationToken cancellationToken)
    {
        var source = new SourceLines("python", text);
        var roots = new List<Draft>();
        var open = new Stack<(int Indent, Draft Draft)>();
        int lastCode = 0, brackets = 0, count = 0;
        for (var line = 1; line <= source.Lines.Count && count < HeuristicOutliner.MaxSymbols; line++)
        {
            if (line % 4096 == 0) cancellationToken.ThrowIfCancellationRequested();
            var masked = source.MaskedLine(line);
            var isContinued = brackets > 0;
            brackets = Math.Max(0, brackets + Balance(masked));
            if (masked.IsWhiteSpace())
            {
                // The inside of a docstring or comment: part of what is open when it is indented at least as its body.
                if (!source.Lines.Line(line).IsWhiteSpace() && open.Count > 0 && IndentOf(source.Lines.Line(line)) > open.Peek().Indent) lastCode = line;
                continue;
            }
            if (!isContinued)
            {
                var indent = IndentOf(masked);
                while (open.Count > 0 && open.Peek().Indent >= indent) open.Pop().Draft.End = lastCode;
                var match = Declaration().Match(masked.ToString());
                if (match.Success)
                {
                    var start = source.Lines.StartOf(line);
                    var isClass = match.Groups[1].Value == "class";
                    var draft = source.Declare(isClass ? SymbolKinds.Class : open.Count > 0 && open.Peek().Draft.Kind == SymbolKinds.Class ? SymbolKinds.Method : SymbolKinds.Function, match.Groups[2].Value, start, HeaderEnd(source, line));
                    if (DocString(source, line) is { } doc) draft.Doc = doc;
                    (open.Count == 0 ? roots : open.Peek().Draft.Children).Add(draft);
                    if (open.Count < HeuristicOutliner.MaxDepth) open.Push((indent, draft));
                    count++;
                }
            }
            lastCode = line;
        }
        while (open.TryPop(out var last)) last.Draft.End = Math.Max(last.Draft.Start, lastCode);
        return roots;
    }

    private static int Balance(ReadOnlySpan<char> line)
    {
        var balance = 0;
        foreach (var character in line)
            balance += character is '(' or '[' or '{' ? 1 : character is ')' or ']' or '}' ? -1 : 0;
        return balance;
    }

    private static int IndentOf(ReadOnlySpan<char> line)
    {
        var indent = 0;
        foreach (var character in line)
            if (character == '\t') indent = (indent / 8 + 1) * 8;
            else if (character == ' ') indent++;
            else break;
        return indent;
    }

    // Up to the `:` that ends the header, at most 20 lines on.
    private static int HeaderEnd(SourceLines source, int line)
    {
        var brackets = 0;
        for (var last = line; last <= source.Lines.Count && last < line + 20; last++)
        {
            var masked = source.MaskedLine(last);
            for (var at = 0; at < masked.Length; at++)
            {
                if (masked[at] is '(' or '[' or '{') brackets++;
                else if (masked[at] is ')' or ']' or '}') brackets--;
                else if (masked[at] == ':' && brackets == 0) return source.Lines.StartOf(last) + at;
            }
        }
        return source.Lines.EndOf(line);
    }

    private static string? DocString(SourceLines source, int line)
    {
        var end = HeaderEnd(source, line);
        for (var next = source.Lines.LineOf(end) + 1; next <= source.Lines.Count; next++)
        {
            var content = source.Lines.Line(next).Trim();
            if (content.IsEmpty) continue;
            var quotes = content.IndexOf("\"\"\"") is var found and >= 0 and <= 2 ? found : content.IndexOf("'''");
            if (quotes is < 0 or > 2) return null;
            var words = content[(quotes + 3)..].Trim("\"' ");
            return Sections.OneLine(words.IsEmpty && next < source.Lines.Count ? source.Lines.Line(next + 1).Trim("\"' \t") : words);
        }
        return null;
    }

    [GeneratedRegex(@"^\s*(?:async[ \t]+)?(def|class|cdef[ \t]+class|cpdef[ \t]+\w+|proc|func|template|macro)[ \t]+([\p{L}_]\w*)")]
    private static partial Regex Declaration();
}
