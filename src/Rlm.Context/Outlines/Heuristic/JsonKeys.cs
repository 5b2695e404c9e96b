using Rlm.Context.Files;

namespace Rlm.Context.Outlines.Heuristic;

/// <summary>Top-level keys of a JSON object (comments and trailing commas allowed). Counts brackets, never recurses.</summary>
internal static class JsonKeys
{
    /// <summary>Keys in file order, each with the lines of its value.</summary>
    public static List<Draft> Read(FileText text, CancellationToken cancellationToken)
    {
        var source = text.Text;
        var drafts = new List<Draft>();
        var depth = 0;
        Draft? open = null;
        for (var at = 0; at < source.Length && drafts.Count < HeuristicOutliner.MaxSymbols; at++)
        {
            if ((at & 0xffff) == 0) cancellationToken.ThrowIfCancellationRequested();
            switch (source[at])
            {
                case '{' or '[':
                    depth++;
                    break;
                case '}' or ']':
                    depth--;
                    if (depth == 0 && open is not null) open = Close(open, at - 1);
                    break;
                case ',' when depth == 1 && open is not null:
                    open = Close(open, at);
                    break;
                case '/' when at + 1 < source.Length && source[at + 1] == '/':
                    at = source.IndexOf('\n', at) is var end and >= 0 ? end : source.Length;
                    break;
                case '/' when at + 1 < source.Length && source[at + 1] == '*':
                    at = source.IndexOf("*/", at + 2, StringComparison.Ordinal) is var close and >= 0 ? close + 1 : source.Length;
                    break;
                case '"':
                    var last = StringEnd(source, at);
                    if (depth == 1 && open is null && IsKey(source, last + 1)) drafts.Add(open = Key(text, at, last));
                    at = last;
                    break;
            }
        }
        if (open is not null) Close(open, source.Length - 1);
        return drafts;

        Draft? Close(Draft draft, int at)
        {
            while (at > 0 && char.IsWhiteSpace(source[at])) at--;
            draft.End = Math.Max(draft.Start, text.Lines.LineOf(at));
            return null;
        }
    }

    private static Draft Key(FileText text, int at, int last)
    {
        var line = text.Lines.LineOf(at);
        var name = Markup.Sections.OneLine(text.Text.AsSpan(at + 1, Math.Max(0, last - at - 1)));
        return new Draft(SymbolKinds.Key, name) { Start = line, End = line, NameLine = line, DocStart = line, Signature = Markup.Sections.OneLine(text.Lines.Line(line)) };
    }

    private static int StringEnd(string source, int at)
    {
        for (at++; at < source.Length && source[at] != '"'; at++)
            if (source[at] == '\\') at++;
        return Math.Min(at, source.Length - 1);
    }

    private static bool IsKey(string source, int at)
    {
        while (at < source.Length && char.IsWhiteSpace(source[at])) at++;
        return at < source.Length && source[at] == ':';
    }
}
