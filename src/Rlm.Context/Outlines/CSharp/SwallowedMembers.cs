using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Rlm.Context.Outlines.CSharp;

/// <summary>
/// A missing <c>}</c> makes a body swallow the members behind it as local functions, and a type the types behind it. Where the braces do
/// not add up, indentation decides: what stands no further right than the declaration that swallowed it is its sibling again.
/// </summary>
internal static class SwallowedMembers
{
    /// <summary>Looks at the member whose draft is the last one; may add siblings behind it and end it before them.</summary>
    public static void Restore(MemberDeclarationSyntax member, List<Draft> drafts, DeclarationReader reader)
    {
        if (drafts.Count == 0 || !IsUnbalanced(member)) return;
        if (member is BaseMethodDeclarationSyntax { Body: { } body }) RestoreFunctions(body, reader.ColumnOf(member), drafts, reader);
        else if (member is TypeDeclarationSyntax) LiftChildren(drafts[^1], drafts, reader);
    }

    private static void RestoreFunctions(BlockSyntax body, int column, List<Draft> drafts, DeclarationReader reader)
    {
        var swallowed = body.DescendantNodes(node => node is not ExpressionSyntax).OfType<LocalFunctionStatementSyntax>()
            .Where(function => reader.ColumnOf(function) <= column).Select(function => reader.Function(function, SymbolKinds.Method)).ToList();
        if (swallowed.Count == 0) return;
        EndBefore(drafts[^1], swallowed[0]);
        for (var at = 0; at + 1 < swallowed.Count; at++) EndBefore(swallowed[at], swallowed[at + 1]);
        drafts.AddRange(swallowed);
    }

    private static void LiftChildren(Draft type, List<Draft> drafts, DeclarationReader reader)
    {
        var column = reader.IndentOf(type.Start);
        var first = type.Children.FindIndex(child => reader.IndentOf(child.Start) <= column);
        if (first <= 0) return; // nothing to lift, or code without indentation
        var lifted = type.Children[first..];
        type.Children.RemoveRange(first, lifted.Count);
        EndBefore(type, lifted[0]);
        foreach (var child in type.Children) child.End = Math.Max(child.Start, Math.Min(child.End, type.End));
        drafts.AddRange(lifted);
    }

    private static void EndBefore(Draft draft, Draft next) => draft.End = Math.Max(draft.Start, Math.Min(draft.End, next.DocStart - 1));

    private static bool IsUnbalanced(MemberDeclarationSyntax member)
    {
        for (SyntaxNode? node = member; node is not null; node = node.Parent)
            if (node is TypeDeclarationSyntax { CloseBraceToken.IsMissing: true } or NamespaceDeclarationSyntax { CloseBraceToken.IsMissing: true }
                or BaseMethodDeclarationSyntax { Body.CloseBraceToken.IsMissing: true }) return true;
        return false;
    }
}
