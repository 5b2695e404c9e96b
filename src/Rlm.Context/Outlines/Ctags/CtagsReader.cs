using Rlm.Context.Files;
using Rlm.Context.Outlines.AstGrep;
using Rlm.Context.Outlines.Declarations;
using Rlm.Context.Outlines.Heuristic;

namespace Rlm.Context.Outlines.Ctags;

/// <summary>Makes the symbols of one text from its tags: nested by their lines, headers and comments read from the text.</summary>
internal static class CtagsReader
{
    /// <summary>Drafts in file order.</summary>
    public static List<Draft> Read(OutlineItem item, IEnumerable<CtagsTag> tags, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var source = new SourceLines(item.Language, item.Text);
        var roots = new List<Draft>();
        var open = new Stack<(CtagsTag Tag, Draft Draft)>();
        foreach (var tag in tags.Where(tag => IsShown(item.Language, tag, source.Lines)).OrderBy(tag => tag.Line).ThenByDescending(tag => Math.Max(tag.Line, tag.End)).Take(HeuristicOutliner.MaxSymbols))
        {
            while (open.Count > 0 && !Holds(open.Peek().Tag, tag)) open.Pop();
            var draft = Declare(item.Language, source, tag, open.Count > 0 ? open.Peek().Draft : null);
            (open.Count > 0 ? open.Peek().Draft.Children : roots).Add(draft);
            if (open.Count < HeuristicOutliner.MaxDepth) open.Push((tag, draft));
        }
        return roots;
    }

    // Types and functions whose end it does not know would be one line long and look right.
    private static bool IsShown(string language, CtagsTag tag, LineMap lines) =>
        CtagsKinds.KindOf(language, tag.Kind) is { } kind && tag.Line >= 1 && tag.Line <= lines.Count && tag.End <= lines.Count
        && (tag.End >= tag.Line || kind is SymbolKinds.Type || tag.Kind == "methodSpec") && !tag.Name.StartsWith("__anon", StringComparison.Ordinal);

    private static bool Holds(CtagsTag outer, CtagsTag inner)
    {
        if (inner.Line < outer.Line || Math.Max(inner.Line, inner.End) > outer.End) return false;
        // On one line only the scope tells.
        return inner.Line > outer.Line || inner.Scope.EndsWith(outer.Name, StringComparison.Ordinal);
    }

    private static Draft Declare(string language, SourceLines source, CtagsTag tag, Draft? parent)
    {
        var line = source.Lines.StartOf(tag.Line);
        var end = source.Lines.EndOf(Math.Max(tag.Line, tag.End));
        var name = source.Text.AsSpan(line, source.Lines.EndOf(tag.Line) - line).IndexOf(tag.Name) is >= 0 and var found ? line + found + tag.Name.Length : line;
        var kind = CtagsKinds.KindOf(language, tag.Kind)!;
        while (line < end && char.IsWhiteSpace(source.Text[line])) line++;
        var made = source.Declare(kind, tag.Name, line, Math.Max(HeaderEnd.Find(language, kind, source.Text, Math.Max(line, name), end), name));
        var owner = language == "go" && kind == SymbolKinds.Function && made.Signature.StartsWith("func (", StringComparison.Ordinal) ? made.Signature[5..(made.Signature.IndexOf(')', StringComparison.Ordinal) + 1)] : "";
        var (word, declared) = DeclarationKind.Of(language, owner.Length > 0 ? SymbolKinds.Method : kind, DeclarationName.Of(language, tag.Name, owner), owner, made.Signature, parent);
        var draft = new Draft(word, declared.Name)
        {
            Segment = declared.Segment, Start = Math.Max(made.Start, parent?.Start ?? 1), End = Math.Max(tag.Line, tag.End), NameLine = tag.Line, DocStart = Math.Min(made.DocStart, Math.Max(made.Start, parent?.Start ?? 1)), Doc = made.Doc,
            Signature = made.Signature,
        };
        if (language == "python" && DocString.Find(source.Text, HeaderEnd.Find(language, kind, source.Text, name, end), end) is { } doc) draft.Doc = doc;
        return draft;
    }
}
