using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Rlm.Context.Outlines.CSharp;

/// <summary>
/// A body whose <c>}</c> is missing swallows the members behind it as local functions. Where the braces do not add up, the local
/// functions of the last member that stand no further right than the member itself are taken for members again.
/// </summary>
internal static class SwallowedMembers
{
    /// <summary>Adds the swallowed members of a list's last member and ends that member before the first of them.</summary>
    public static void Restore<TNode>(SyntaxList<TNode> members, List<Draft> drafts, DeclarationReader reader)
        where TNode : MemberDeclarationSyntax
    {
        if (members.Count == 0 || drafts.Count == 0) return;
        var last = members[^1];
        if (!last.ContainsDiagnostics && last.Parent is not { ContainsDiagnostics: true }) return;
        if (last is not BaseMethodDeclarationSyntax { Body: { } body } || !IsUnbalanced(last, body)) return;
        var column = reader.ColumnOf(last);
        var swallowed = body.DescendantNodes(node => node is not ExpressionSyntax).OfType<LocalFunctionStatementSyntax>()
            .Where(function => reader.ColumnOf(function) <= column).Select(function => reader.Function(function, SymbolKinds.Method)).ToList();
        if (swallowed.Count == 0) return;
        drafts[^1].End = Math.Max(drafts[^1].Start, swallowed[0].DocStart - 1);
        for (var at = 0; at + 1 < swallowed.Count; at++) swallowed[at].End = Math.Max(swallowed[at].Start, Math.Min(swallowed[at].End, swallowed[at + 1].DocStart - 1));
        drafts.AddRange(swallowed);
    }

    private static bool IsUnbalanced(SyntaxNode member, BlockSyntax body)
    {
        if (body.CloseBraceToken.IsMissing) return true;
        for (var node = member.Parent; node is not null; node = node.Parent)
            if (node is TypeDeclarationSyntax { CloseBraceToken.IsMissing: true } or NamespaceDeclarationSyntax { CloseBraceToken.IsMissing: true }) return true;
        return false;
    }
}
