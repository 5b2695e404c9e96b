using Rlm.Context.Files;
using Rlm.Context.Outlines.Markup;

namespace Rlm.Context.Outlines.Heuristic;

/// <summary>CSS, SCSS and Less: each rule by its selectors, nested as it is written.</summary>
internal static class StyleOutliner
{
    private const int MaxName = 120;

    /// <summary>Rules in file order.</summary>
    public static List<Draft> Read(string language, FileText text, CancellationToken cancellationToken)
    {
        var source = text.Text;
        var roots = new List<Draft>();
        var open = new Stack<Draft?>();
        var (start, count) = (0, 0);
        for (var at = 0; at < source.Length && count < HeuristicOutliner.MaxSymbols; at++)
        {
            if ((at & 0xffff) == 0) cancellationToken.ThrowIfCancellationRequested();
            if (Behind(source, at, language) is var behind && behind > at + 1)
            {
                if (source.AsSpan(start, at - start).IsWhiteSpace() && source[at] == '/') start = behind; // a comment before a rule
                at = behind - 1;
                continue;
            }
            switch (source[at])
            {
                case '{':
                    // #{…} and @{…} stand for a part of a name.
                    if (at > 0 && source[at - 1] is '#' or '@' && source.IndexOf('}', at) is > 0 and var close)
                    {
                        at = close;
                        continue;
                    }
                    var draft = Declare(text, source, start, at);
                    if (draft is not null && open.Count < HeuristicOutliner.MaxDepth)
                    {
                        (Around(open)?.Children ?? roots).Add(draft);
                        count++;
                    }
                    else draft = null;
                    open.Push(draft);
                    start = at + 1;
                    break;
                case '}':
                    if (open.TryPop(out var closed) && closed is not null) closed.End = text.Lines.LineOf(at);
                    start = at + 1;
                    break;
                case ';':
                    start = at + 1;
                    break;
            }
        }
        while (open.TryPop(out var last))
            if (last is not null) last.End = Math.Max(last.Start, text.Lines.Count);
        return roots;
    }

    private static Draft? Around(Stack<Draft?> open)
    {
        foreach (var draft in open)
            if (draft is not null) return draft;
        return null;
    }

    private static Draft? Declare(FileText text, string source, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(source[start])) start++;
        var signature = Sections.OneLine(source.AsSpan(start, end - start));
        if (signature.Length == 0) return null;
        var name = signature.Length <= MaxName ? signature : string.Concat(signature.AsSpan(0, MaxName).TrimEnd(), "…");
        var line = text.Lines.LineOf(start);
        return new(SymbolKinds.Key, name) { Start = line, End = text.Lines.LineOf(end), NameLine = line, DocStart = line, Signature = signature };
    }

    // Behind a comment, a string or an address that begins here; else behind this character.
    private static int Behind(string source, int at, string language)
    {
        var rest = source.AsSpan(at);
        if (rest.StartsWith("/*")) return rest[2..].IndexOf("*/") is >= 0 and var length ? at + length + 4 : source.Length;
        if (language != "css" && rest.StartsWith("//")) return rest.IndexOf('\n') is >= 0 and var line ? at + line : source.Length;
        if (rest.StartsWith("url(")) return rest.IndexOfAny(')', '\n') is >= 0 and var close ? at + close : source.Length;
        if (source[at] is not ('"' or '\'')) return at + 1;
        for (var next = at + 1; next < source.Length && source[next] != '\n'; next++)
            if (source[next] == '\\') next++;
            else if (source[next] == source[at]) return next + 1;
        return at + 1;
    }
}
