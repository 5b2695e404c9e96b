using Rlm.Context.Files;

namespace Rlm.Context.Outlines.Heuristic;

/// <summary>
/// Languages with braces. Looks at what stands before each <c>{</c> (or <c>;</c>) since the last <c>{ } ;</c> and asks
/// <see cref="BraceDeclaration"/> what it declares; the symbol ends with the matching <c>}</c>.
/// </summary>
internal sealed class BraceOutliner
{
    private const int MaxHeader = 2000;

    private readonly SourceLines _source;
    private readonly string _language;
    private readonly List<Draft> _roots = [];
    private readonly Stack<Block> _open = new();
    private int _headerStart;
    private int _parentheses;
    private int _count;

    private BraceOutliner(string language, FileText text) => (_language, _source) = (language, new SourceLines(language, text));

    /// <summary>Declarations in file order, nested by braces.</summary>
    public static List<Draft> Read(string language, FileText text, CancellationToken cancellationToken) => new BraceOutliner(language, text).Read(cancellationToken);

    private List<Draft> Read(CancellationToken cancellationToken)
    {
        var mask = _source.Mask;
        for (var at = 0; at < mask.Length && _count < HeuristicOutliner.MaxSymbols; at++)
        {
            if ((at & 0xffff) == 0) cancellationToken.ThrowIfCancellationRequested();
            switch (mask[at])
            {
                case '(' or '[':
                    _parentheses++;
                    break;
                case ')' or ']' when _parentheses > 0:
                    _parentheses--;
                    break;
                case '{':
                    OpenBrace(at);
                    break;
                case '}':
                    CloseBrace(at);
                    break;
                case ';' when _parentheses == 0:
                    if (Declaration(at, isBody: false) is { } declared) Add(declared, at);
                    _headerStart = at + 1;
                    break;
                case '#' when _language is "c" or "cpp" or "objc" or "cuda" && IsFirstInLine(at):
                    at = LineEnd(at);
                    _headerStart = at + 1;
                    break;
                case '\n' when _parentheses == 0 && EndsAtLine(at):
                    if (Declaration(at, isBody: false) is { } line) Add(line, at);
                    _headerStart = at + 1;
                    break;
            }
        }
        while (_open.TryPop(out var block))
            if (block.Own is { } draft) draft.End = Math.Max(draft.Start, _source.Lines.Count);
        return _roots;
    }

    private void OpenBrace(int at)
    {
        var draft = Declaration(at, isBody: true);
        if (draft is not null) Add(draft, at);
        var around = _open.Count > 0 ? _open.Peek() : default;
        _open.Push(draft is not null && around.Depth < HeuristicOutliner.MaxDepth ? new Block(draft, draft, around.Depth + 1) : around with { Own = draft });
        _headerStart = at + 1;
        _parentheses = 0;
    }

    private void CloseBrace(int at)
    {
        if (_open.TryPop(out var block) && block.Own is { } draft) draft.End = Math.Max(draft.Start, _source.Lines.LineOf(at));
        _headerStart = at + 1;
        _parentheses = 0;
    }

    private void Add(Draft draft, int at)
    {
        draft.End = Math.Max(draft.Start, _source.Lines.LineOf(at));
        _count++;
        ((_open.Count > 0 ? _open.Peek().Around : null)?.Children ?? _roots).Add(draft);
    }

    private Draft? Declaration(int at, bool isBody)
    {
        var start = Math.Max(_headerStart, at - MaxHeader);
        var isInFunction = _open.Count > 0 && (_open.Peek().Own is not { } around || SymbolKinds.IsMember(around.Kind));
        if (BraceDeclaration.Find(_language, _source.Mask.AsSpan(start, at - start), isBody, isInFunction) is not { } found) return null;
        return _source.Declare(found.Kind, found.Name, start + found.Start, at);
    }

    // Languages without semicolons: a line is over when it does not end in something that needs more.
    private bool EndsAtLine(int at)
    {
        if (_language is "c" or "cpp" or "java" or "csharp" or "php" or "objc" or "proto" or "rust" or "dart" or "cuda" or "css" or "scss" or "less" or "perl") return false;
        var header = _source.Mask.AsSpan(Math.Max(_headerStart, at - MaxHeader), at - Math.Max(_headerStart, at - MaxHeader)).TrimEnd();
        if (header.IsEmpty || header[^1] is ',' or '=' or '|' or '&' or ':' or '.' or '+') return false;
        // the brace may open the next line
        for (var next = at + 1; next < _source.Mask.Length; next++)
            if (!char.IsWhiteSpace(_source.Mask[next])) return _source.Mask[next] != '{';
        return true;
    }

    /// <summary>An open brace.</summary>
    /// <param name="Own">What it declares, or null.</param>
    /// <param name="Around">The innermost declaration, its own included.</param>
    /// <param name="Depth">Declarations inside each other.</param>
    private readonly record struct Block(Draft? Own, Draft? Around, int Depth);

    private bool IsFirstInLine(int at)
    {
        while (at > 0 && _source.Mask[at - 1] is ' ' or '\t') at--;
        return at == 0 || _source.Mask[at - 1] == '\n';
    }

    private int LineEnd(int at)
    {
        while (true)
        {
            var end = _source.Mask.IndexOf('\n', at);
            if (end < 0) return _source.Mask.Length;
            if (_source.Mask[Math.Max(0, end - 1)] != '\\') return end;
            at = end + 1;
        }
    }
}
