using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Rlm.Context.Binding.Sites;

/// <summary>Tells from the syntax around a name what is done with what it names.</summary>
internal static class SiteRole
{
    /// <summary>One of <see cref="SiteKind"/>.</summary>
    public static string Of(SyntaxNode name, bool isType)
    {
        if (name.FirstAncestorOrSelf<CrefSyntax>() is not null || name.FirstAncestorOrSelf<XmlNameAttributeSyntax>() is not null) return SiteKind.Cref;
        var node = Whole(name);
        if (IsInNameOf(node)) return SiteKind.NameOf;
        return isType ? OfType(node) : OfMember(node);
    }

    private static string OfType(SyntaxNode node)
    {
        while (node.Parent is NullableTypeSyntax or ArrayTypeSyntax or RefTypeSyntax or PointerTypeSyntax) node = node.Parent;
        return node.Parent switch
        {
            ObjectCreationExpressionSyntax made when made.Type == node => SiteKind.Construct,
            AttributeSyntax => SiteKind.Attribute,
            BaseTypeSyntax => SiteKind.Base,
            TypeOfExpressionSyntax or SizeOfExpressionSyntax or DefaultExpressionSyntax => SiteKind.TypeOf,
            UsingDirectiveSyntax => SiteKind.Using,
            TypeArgumentListSyntax => SiteKind.TypeArgument,
            CastExpressionSyntax => SiteKind.Cast,
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AsExpression } => SiteKind.Cast,
            _ => SiteKind.Type,
        };
    }

    private static string OfMember(SyntaxNode node)
    {
        switch (node.Parent)
        {
            case InvocationExpressionSyntax call when call.Expression == node: return SiteKind.Invoke;
            case AttributeSyntax: return SiteKind.Attribute;
            case ObjectCreationExpressionSyntax made when made.Type == node: return SiteKind.Construct;
            case AssignmentExpressionSyntax assignment when assignment.Left == node:
                return assignment.Kind() is SyntaxKind.AddAssignmentExpression or SyntaxKind.SubtractAssignmentExpression && assignment.Parent is ExpressionStatementSyntax && assignment.Right is IdentifierNameSyntax or LambdaExpressionSyntax or MemberAccessExpressionSyntax
                    ? SiteKind.Write : SiteKind.Write;
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression }:
            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression }:
            case ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.OutKeyword or (int)SyntaxKind.RefKeyword }:
            case NameEqualsSyntax:
                return SiteKind.Write;
            case ArgumentSyntax { Parent: TupleExpressionSyntax { Parent: AssignmentExpressionSyntax outer } tuple } when outer.Left == tuple:
                return SiteKind.Write;
            case UsingDirectiveSyntax: return SiteKind.Using;
            default: return SiteKind.Read;
        }
    }

    // a.b.Name and a?.Name stand where Name stands.
    private static SyntaxNode Whole(SyntaxNode node)
    {
        while (true)
        {
            if (node.Parent is MemberAccessExpressionSyntax access && access.Name == node || node.Parent is QualifiedNameSyntax qualified && qualified.Right == node || node.Parent is AliasQualifiedNameSyntax || node.Parent is MemberBindingExpressionSyntax
                || node.Parent is PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } || node.Parent is ParenthesizedExpressionSyntax) node = node.Parent;
            else return node;
        }
    }

    private static bool IsInNameOf(SyntaxNode node)
    {
        for (var at = node; at is ExpressionSyntax or ArgumentSyntax or ArgumentListSyntax; at = at.Parent!)
            if (at.Parent is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } call && call.ArgumentList == at) return true;
            else if (at.Parent is null or InvocationExpressionSyntax) return false;
        return false;
    }
}
