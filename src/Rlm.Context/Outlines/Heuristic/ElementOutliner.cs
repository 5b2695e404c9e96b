using Rlm.Context.Files;

namespace Rlm.Context.Outlines.Heuristic;

/// <summary>The root element of an XML-like text and the elements right below it, named by tag and first telling attribute.</summary>
internal static class ElementOutliner
{
    private const int MaxDepth = 2;

    private static readonly string[] Telling = ["Name=", "name=", "x:Class=", "Include=", "Update=", "id=", "key=", "Label=", "Condition="];

    /// <summary>Elements in file order; tags that no one closes end where their parent ends.</summary>
    public static List<Draft> Read(FileText text, CancellationToken cancellationToken)
    {
        var source = text.Text;
        var roots = new List<Draft>();
        var open = new List<(string Tag, Draft? Draft)>();
        var count = 0;
        for (var at = source.IndexOf('<', StringComparison.Ordinal); at >= 0 && at + 1 < source.Length && count < HeuristicOutliner.MaxSymbols; at = at < source.Length ? source.IndexOf('<', at) : -1)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var start = at;
            at = TagEnd(source, start);
            if (source[start + 1] == '/') Close(Name(source, start + 2), start);
            else if (char.IsLetter(source[start + 1]) || source[start + 1] == '_')
            {
                var tag = Name(source, start + 1);
                Draft? draft = null;
                if (open.Count < MaxDepth)
                {
                    draft = Element(text, tag, start, at);
                    (open.Count > 0 && open[^1].Draft is { } parent ? parent.Children : roots).Add(draft);
                    count++;
                }
                var isEmpty = at >= 2 && source[at - 1] == '>' && source[at - 2] == '/';
                if (!isEmpty) open.Add((tag, draft));
            }
        }
        while (open.Count > 0) Pop(source.Length - 1);
        return roots;

        void Close(string tag, int offset)
        {
            // Look a little way up only: wrong tags must not make this quadratic.
            for (var up = 1; up <= 4 && up <= open.Count; up++)
                if (open[^up].Tag == tag)
                {
                    while (up-- > 0) Pop(offset);
                    return;
                }
        }

        void Pop(int offset)
        {
            if (open[^1].Draft is { } draft) draft.End = Math.Max(draft.Start, text.Lines.LineOf(offset));
            open.RemoveAt(open.Count - 1);
        }
    }

    private static Draft Element(FileText text, string tag, int start, int end)
    {
        var line = text.Lines.LineOf(start);
        var written = text.Text.AsSpan(start, Math.Min(end - start, 300));
        var signature = Markup.Sections.OneLine(written);
        return new Draft(SymbolKinds.Key, tag + Attribute(written)) { Start = line, End = Math.Max(line, text.Lines.LineOf(end - 1)), NameLine = line, DocStart = line, Signature = signature };
    }

    private static string Attribute(ReadOnlySpan<char> tag)
    {
        foreach (var name in Telling)
        {
            var at = tag.IndexOf(name);
            if (at <= 0 || !char.IsWhiteSpace(tag[at - 1])) continue;
            var value = tag[(at + name.Length)..].TrimStart('"').TrimStart('\'');
            var end = value.IndexOfAny('"', '\'');
            if (end > 0) return " " + Markup.Sections.OneLine(value[..end]);
        }
        return "";
    }

    private static string Name(string source, int at)
    {
        var start = at;
        while (at < source.Length && (char.IsLetterOrDigit(source[at]) || source[at] is '_' or '-' or '.' or ':')) at++;
        return source[start..at];
    }

    private static int TagEnd(string source, int at)
    {
        if (string.CompareOrdinal(source, at, "<!--", 0, 4) == 0) return Behind("-->", at);
        if (string.CompareOrdinal(source, at, "<![CDATA[", 0, 9) == 0) return Behind("]]>", at);
        for (var next = at + 1; next < source.Length; next++)
        {
            if (source[next] == '>') return next + 1;
            if (source[next] == '<') return next; // a stray sign, as in scripts
            if (source[next] is '"' or '\'' && source.IndexOf(source[next], next + 1) is var quote)
            {
                if (quote < 0 || quote - next > 10_000) return next + 1;
                next = quote;
            }
        }
        return source.Length;

        int Behind(string sign, int from) => source.IndexOf(sign, from, StringComparison.Ordinal) is var end and >= 0 ? end + sign.Length : source.Length;
    }
}
