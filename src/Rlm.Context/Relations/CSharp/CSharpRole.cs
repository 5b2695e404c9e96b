using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Rlm.Context.Relations.CSharp;

/// <summary>What an identifier does where it stands, by the tree around it.</summary>
internal static class CSharpRole
{
    /// <summary>One of <see cref="SiteKinds"/>; never a mention.</summary>
    /// <param name="token">An identifier.</param>
    /// <param name="alsoReads">Set for writes that read the old value too.</param>
    public static string Of(SyntaxToken token, out bool alsoReads)
    {
        alsoReads = false;
        if (token.Parent is not SimpleNameSyntax name) return OfDeclaration(token.Parent);
        ExpressionSyntax whole = name;
        while (IsLastPart(whole)) whole = (ExpressionSyntax)whole.Parent!;
        return OfClause(name) ?? OfType(whole) ?? OfExpression(whole, out alsoReads);
    }

    // a.b.C, a::C, a?.C: C speaks for the whole.
    private static bool IsLastPart(ExpressionSyntax part) => part.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Name == part,
        QualifiedNameSyntax qualified => qualified.Right == part,
        AliasQualifiedNameSyntax alias => alias.Name == part,
        MemberBindingExpressionSyntax binding => binding.Name == part,
        ParenthesizedExpressionSyntax => part.Parent.Parent is not null,
        PostfixUnaryExpressionSyntax bang => bang.IsKind(SyntaxKind.SuppressNullableWarningExpression),
        _ => false,
    };

    private static string OfDeclaration(SyntaxNode? node)
    {
        if (node is AttributeTargetSpecifierSyntax) return SiteKinds.Attribute;
        return node is MemberDeclarationSyntax member && member.Modifiers.Any(SyntaxKind.OverrideKeyword) ? SiteKinds.Override : SiteKinds.Declaration;
    }

    private static string? OfClause(SimpleNameSyntax name)
    {
        if (name.Parent is NameColonSyntax) return SiteKinds.Argument;
        if (name.Parent is NameEqualsSyntax equals)
            return equals.Parent is AttributeArgumentSyntax ? SiteKinds.Write : SiteKinds.Declaration;
        for (SyntaxNode? node = name; node is not null and not StatementSyntax and not MemberDeclarationSyntax; node = node.Parent)
            switch (node)
            {
                case UsingDirectiveSyntax or ExternAliasDirectiveSyntax:
                    return SiteKinds.Import;
                case InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } callee } call when callee != name && call.ArgumentList.Arguments.Count == 1:
                    return SiteKinds.NameOf;
            }
        return null;
    }

    private static string? OfType(ExpressionSyntax whole) => whole.Parent switch
    {
        ObjectCreationExpressionSyntax made when made.Type == whole => SiteKinds.Construct,
        AttributeSyntax attribute when attribute.Name == whole => SiteKinds.Attribute,
        BaseTypeSyntax listed when listed.Type == whole => SiteKinds.Base,
        TypeOfExpressionSyntax => SiteKinds.TypeOf,
        ExplicitInterfaceSpecifierSyntax or NamespaceDeclarationSyntax or FileScopedNamespaceDeclarationSyntax or TypeConstraintSyntax or TypeParameterConstraintClauseSyntax => SiteKinds.Type,
        NullableTypeSyntax or ArrayTypeSyntax or TypeArgumentListSyntax or RefTypeSyntax or PointerTypeSyntax => SiteKinds.Type,
        _ => SyntaxFacts.IsInTypeOnlyContext(whole) ? SiteKinds.Type : null,
    };

    private static string OfExpression(ExpressionSyntax whole, out bool alsoReads)
    {
        alsoReads = false;
        switch (whole.Parent)
        {
            case InvocationExpressionSyntax call when call.Expression == whole:
                return SiteKinds.Invoke;
            // b in a?.b(): the call stands around the binding.
            case AssignmentExpressionSyntax assignment when assignment.Left == whole:
                alsoReads = !assignment.IsKind(SyntaxKind.SimpleAssignmentExpression);
                return SiteKinds.Write;
            case PostfixUnaryExpressionSyntax:
            case PrefixUnaryExpressionSyntax unary when unary.IsKind(SyntaxKind.PreIncrementExpression) || unary.IsKind(SyntaxKind.PreDecrementExpression):
                alsoReads = true;
                return SiteKinds.Write;
            case ArgumentSyntax argument when argument.RefKindKeyword.IsKind(SyntaxKind.OutKeyword):
                return SiteKinds.Write;
            case ArgumentSyntax argument when argument.RefKindKeyword.IsKind(SyntaxKind.RefKeyword):
                alsoReads = true;
                return SiteKinds.Write;
            case ArgumentSyntax { Parent: TupleExpressionSyntax tuple } when IsAssigned(tuple):
                return SiteKinds.Write;
            default:
                return SiteKinds.Read;
        }
    }

    // (a, (b, c)) = …
    private static bool IsAssigned(ExpressionSyntax tuple) => tuple.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left == tuple,
        ForEachVariableStatementSyntax loop => loop.Variable == tuple,
        ArgumentSyntax { Parent: TupleExpressionSyntax outer } => IsAssigned(outer),
        _ => false,
    };
}
