using System.Text.RegularExpressions;
using Rlm.Context.Files;
using Rlm.Context.Outlines.Declarations;

namespace Rlm.Context.Outlines.AstGrep;

/// <summary>Makes the symbols of one text from the nodes that our rules found in it: nested by their ranges, with names, headers and comments read from the text itself.</summary>
internal sealed partial class AstGrepReader
{
    private const int MaxSignature = 1000, MaxGap = 400, MaxSymbols = 20_000, MaxDepth = 100;

    private readonly string _language, _text;
    private readonly LineMap _lines;
    private readonly Utf8Offsets _offsets;
    private readonly DeclarationSyntax _syntax;
    private readonly Dictionary<int, (int Start, bool IsLead)> _leads = [];

    private AstGrepReader(OutlineItem item, int bytes) =>
        (_language, _text, _lines, _offsets, _syntax) = (item.Language, item.Text.Text, item.Text.Lines, new(item.Text.Text, bytes), DeclarationSyntax.Of(item.Language));

    /// <summary>The outline.</summary>
    /// <param name="item">The text.</param>
    /// <param name="bytes">Length of its UTF-8 form.</param>
    /// <param name="matches">What was found in it, in any order.</param>
    public static Outline Read(OutlineItem item, int bytes, IEnumerable<AstGrepMatch> matches) => new AstGrepReader(item, bytes).Read(matches);

    private Outline Read(IEnumerable<AstGrepMatch> matches)
    {
        var nodes = matches.OrderBy(match => match.Start).ThenByDescending(match => match.End).ToList();
        foreach (var lead in nodes.Where(node => node.Kind is "attr" or "lead")) _leads[_offsets.ToCharacter(lead.End)] = (_offsets.ToCharacter(lead.Start), lead.Kind == "lead");
        var roots = new List<Draft>();
        var open = new Stack<(int End, Draft Draft)>();
        var (count, end, start) = (0, -1, -1);
        foreach (var node in nodes)
        {
            if (node.Kind is "attr" or "lead" or "error" || (node.Start == start && node.End == end)) continue; // two rules may find one node
            if (++count > MaxSymbols) break;
            (start, end) = (node.Start, node.End);
            while (open.Count > 0 && open.Peek().End < node.End) open.Pop();
            var parent = open.Count > 0 ? open.Peek().Draft : null;
            var draft = Declare(node, parent);
            (parent?.Children ?? roots).Add(draft);
            if (open.Count < MaxDepth) open.Push((node.End, draft));
        }
        TypeDefinitions.Merge(_language, roots);
        Order(roots);
        var notes = new List<string>();
        if (nodes.Exists(node => node.Kind == "error")) notes.Add("syntax errors");
        if (count > MaxSymbols) notes.Add($"first {MaxSymbols} symbols");
        return new(AstGrepOutliner.ProviderName, SymbolTree.Build(roots), notes.Count == 0 ? null : string.Join("; ", notes));
    }

    private Draft Declare(AstGrepMatch node, Draft? parent)
    {
        var (start, end) = (_offsets.ToCharacter(node.Start), _offsets.ToCharacter(node.End));
        while (end > start && char.IsWhiteSpace(_text[end - 1])) end--;
        var nameStart = node.NameStart < 0 ? -1 : _offsets.ToCharacter(node.NameStart);
        var attributesStart = LeadStart(start, out var signatureStart);
        signatureStart = SkipAnnotations(signatureStart, end);
        signatureStart = StatementStart(signatureStart);
        var nameEnd = nameStart < 0 ? signatureStart : nameStart + node.Name.Length;
        var headerEnd = Math.Max(HeaderEnd.Find(_language, node.Kind, _text, Math.Min(nameEnd, end), end), Math.Min(nameEnd, end));
        var first = _lines.LineOf(Math.Min(StatementStart(attributesStart), signatureStart));
        var comment = IsFirstInLine(Math.Min(StatementStart(attributesStart), signatureStart)) ? CommentAbove.Find(_lines, first, _syntax) : new(first, "");
        var signature = Signature(node.Kind, signatureStart, headerEnd, end);
        var (kind, name) = DeclarationKind.Of(_language, node.Kind, DeclarationName.Of(_language, node.Name, node.Owner), node.Owner, signature, parent);
        return new(kind, name.Name)
        {
            Segment = name.Segment,
            Start = first,
            End = _lines.LineOf(Math.Max(start, end - 1)),
            NameLine = _lines.LineOf(nameStart < 0 ? signatureStart : nameStart),
            DocStart = comment.Start,
            Doc = (_syntax.IsPython ? DocString.Find(_text, headerEnd, end) : null) ?? comment.Doc,
            Signature = signature,
        };
    }

    private string Signature(string kind, int start, int headerEnd, int end) =>
        kind == SymbolKinds.Type && _language is "c" or "cpp" ? TypeDefinitions.Shorten(HeaderText.Of(_text, start, end, _syntax, MaxSignature)) : HeaderText.Of(_text, start, headerEnd, _syntax, MaxSignature);

    // Attributes and template parameters before a declaration, as far as only blanks, comments and modifiers lie between.
    private int LeadStart(int start, out int signatureStart)
    {
        signatureStart = start;
        var isSignature = true;
        for (var at = start; LeadBefore(at) is var (before, isLead); at = before)
        {
            start = before;
            isSignature &= isLead;
            if (isSignature) signatureStart = before;
        }
        return start;
    }

    private (int Start, bool IsLead)? LeadBefore(int at)
    {
        if (_leads.Count == 0) return null;
        for (int end = at, least = Math.Max(0, at - MaxGap); end >= least; end--)
            if (_leads.TryGetValue(end, out var lead)) return lead.Start < at && Gap().IsMatch(_text.AsSpan(end, at - end)) ? lead : null;
        return null;
    }

    // Modifiers that the grammar puts around a declaration stand before it in its line: export, pub, typedef, local.
    private int StatementStart(int start)
    {
        var line = _lines.StartOf(_lines.LineOf(start));
        var before = _text.AsSpan(line, start - line);
        foreach (var character in before)
            if (!char.IsAsciiLetter(character) && character is not (' ' or '\t')) return start;
        return start - before.TrimStart().Length;
    }

    private bool IsFirstInLine(int start) => _text.AsSpan(_lines.StartOf(_lines.LineOf(start))..start).IsWhiteSpace();

    private int SkipAnnotations(int start, int end)
    {
        if (!_syntax.HasAnnotations) return start;
        while (start < end && Annotation().Match(_text, start, end - start) is { Success: true, Length: > 0 } match)
        {
            var behind = match.Index + match.Length;
            if (behind < end && _text[behind] == '(' && _text[behind - 1] != ' ')
            {
                var scan = new HeaderScan(_text, behind, end, _syntax);
                behind = scan.Move() && scan.Move() ? scan.Offset : end;
            }
            if (_language == "php") behind = _text.IndexOf(']', behind) is >= 0 and var close && close < end ? close + 1 : behind;
            while (behind < end && char.IsWhiteSpace(_text[behind])) behind++;
            if (behind >= end) return start;
            start = behind;
        }
        return start;
    }

    private static void Order(List<Draft> drafts)
    {
        // Nodes in order of their beginnings; attributes may have moved one line's before another's only together.
        foreach (var draft in drafts)
        {
            foreach (var child in draft.Children) (draft.Start, draft.End) = (Math.Min(draft.Start, child.Start), Math.Max(draft.End, child.End));
            Order(draft.Children);
        }
    }

    [GeneratedRegex(@"^(?:\s|[a-zA-Z]+|//[^\n]*\n|/\*[\s\S]*?\*/|#[^\n\[]*\n)*$", RegexOptions.NonBacktracking)]
    private static partial Regex Gap();

    [GeneratedRegex(@"\G(?:@(?!interface\b)[\p{L}_][\w.:]*|#\[)")]
    private static partial Regex Annotation();
}
