using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Rlm.Context.Files;

namespace Rlm.Context.Outlines.CSharp;

/// <summary>Finds the local functions of one member by parsing its file once more: they are shown on request only.</summary>
internal static class LocalFunctionFinder
{
    /// <summary>Local functions inside the member's lines, nested by their own nesting, file order, with paths below the member's.</summary>
    public static IReadOnlyList<Symbol> Find(FileText text, Symbol member, CancellationToken cancellationToken) => BigStack.Run(() =>
    {
        var drafts = new List<Draft>();
        var map = new BranchMap();
        for (var way = 0; way < 2 && !map.AllSeen; way++)
        {
            var safe = SafeText.Prepare(text.Text, map, way == 0, cancellationToken);
            var found = Read(text, safe, member, cancellationToken);
            if (way == 0) drafts = found;
            else OutlineMerge.Into(drafts, found);
        }
        return SymbolTree.Build(drafts, member.Path);
    });

    private static List<Draft> Read(FileText text, SafeText safe, Symbol member, CancellationToken cancellationToken)
    {
        var roots = new List<Draft>();
        try
        {
            var root = CSharpOutliner.Parse(safe.Text, isScript: false, cancellationToken);
            var reader = new DeclarationReader(text.Text, safe.Text, text.Lines, root, cancellationToken);
            var around = new Stack<(int End, Draft Draft)>();
            foreach (var function in root.DescendantNodes(node => MayHold(node, text.Lines, member.Range)).OfType<LocalFunctionStatementSyntax>())
            {
                var draft = reader.Function(function, SymbolKinds.LocalFunction);
                if (!member.Range.Contains(draft.Range) || (draft.NameLine == member.NameLine && draft.Name == member.Name)) continue;
                while (around.Count > 0 && around.Peek().End <= function.SpanStart) around.Pop();
                (around.Count > 0 ? around.Peek().Draft.Children : roots).Add(draft);
                around.Push((function.Span.End, draft));
            }
        }
        catch (InsufficientExecutionStackException)
        {
            // Nesting beyond the parser: no local functions are known.
        }
        return roots;
    }

    private static bool MayHold(SyntaxNode node, LineMap lines, LineRange range) =>
        node.Span.Length > 0 && lines.LineOf(node.SpanStart) <= range.End && lines.LineOf(node.Span.End - 1) >= range.Start;
}
