using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Rlm.Context.Binding.Sites;

/// <summary>The places of a tree that may stand for a symbol: where its name is written, and where the language uses it without a name.</summary>
internal static class NamedNodes
{
    /// <summary>A place.</summary>
    /// <param name="Node">What is bound.</param>
    /// <param name="Span">What is shown.</param>
    /// <param name="Way">How the symbol comes in.</param>
    public readonly record struct Found(SyntaxNode Node, TextSpan Span, Way Way);

    /// <summary>How a place stands for a symbol.</summary>
    public enum Way
    {
        /// <summary>Its name is written.</summary>
        Named,
        /// <summary>It, or a namesake, is declared.</summary>
        Declared,
        /// <summary>The language uses it without a name.</summary>
        Implicit,
    }

    /// <summary>All such places, in order.</summary>
    public static IEnumerable<Found> Of(CompilationUnitSyntax root, SymbolShape shape)
    {
        var aliases = Aliases(root, shape);
        foreach (var node in root.DescendantNodes(descendIntoTrivia: true))
        {
            if (node is SimpleNameSyntax name && (shape.Names.Contains(name.Identifier.ValueText) || aliases.Contains(name.Identifier.ValueText))) yield return new(name, name.Identifier.Span, Way.Named);
            else if (Declarations.NameOf(node) is { } token && shape.Names.Contains(token.ValueText)) yield return new(node, token.Span, Way.Declared);
            else if (shape.HasImplicitUses && Implicit(node, shape) is { } span) yield return new(node, span, Way.Implicit);
        }
    }

    private static HashSet<string> Aliases(CompilationUnitSyntax root, SymbolShape shape) =>
        [.. root.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax).OfType<UsingDirectiveSyntax>()
            .Where(directive => directive.Alias is not null && directive.NamespaceOrType.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Any(name => shape.Names.Contains(name.Identifier.ValueText)))
            .Select(directive => directive.Alias!.Name.Identifier.ValueText)];

    private static TextSpan? Implicit(SyntaxNode node, SymbolShape shape) => node switch
    {
        ImplicitObjectCreationExpressionSyntax made when shape.IsConstructor || shape.IsType => made.NewKeyword.Span,
        ConstructorInitializerSyntax initializer when shape.IsConstructor => initializer.ThisOrBaseKeyword.Span,
        PrimaryConstructorBaseTypeSyntax baseType when shape.IsConstructor => baseType.Type.Span,
        ElementAccessExpressionSyntax element when shape.IsIndexer => element.ArgumentList.OpenBracketToken.Span,
        ElementBindingExpressionSyntax element when shape.IsIndexer => element.ArgumentList.OpenBracketToken.Span,
        ImplicitElementAccessSyntax element when shape.IsIndexer => element.ArgumentList.OpenBracketToken.Span,
        BinaryExpressionSyntax binary when shape.IsOperator => binary.OperatorToken.Span,
        PrefixUnaryExpressionSyntax unary when shape.IsOperator => unary.OperatorToken.Span,
        PostfixUnaryExpressionSyntax unary when shape.IsOperator => unary.OperatorToken.Span,
        AssignmentExpressionSyntax assignment when shape.IsOperator && assignment.Kind() != SyntaxKind.SimpleAssignmentExpression => assignment.OperatorToken.Span,
        CastExpressionSyntax cast when shape.IsConversion => cast.OpenParenToken.Span,
        CommonForEachStatementSyntax each when shape.IsForEach => each.ForEachKeyword.Span,
        UsingStatementSyntax statement when shape.IsDispose => statement.UsingKeyword.Span,
        LocalDeclarationStatementSyntax { UsingKeyword.RawKind: (int)SyntaxKind.UsingKeyword } local when shape.IsDispose => local.UsingKeyword.Span,
        AwaitExpressionSyntax await when shape.IsAwait => await.AwaitKeyword.Span,
        AssignmentExpressionSyntax { Left: TupleExpressionSyntax or DeclarationExpressionSyntax } assignment when shape.IsDeconstruct => assignment.OperatorToken.Span,
        ForEachVariableStatementSyntax each when shape.IsDeconstruct => each.ForEachKeyword.Span,
        QueryClauseSyntax clause when shape.IsQuery => clause.GetFirstToken().Span,
        SelectOrGroupClauseSyntax clause when shape.IsQuery => clause.GetFirstToken().Span,
        OrderingSyntax ordering when shape.IsQuery => ordering.Expression.GetFirstToken().Span,
        ExpressionSyntax { Parent: InitializerExpressionSyntax { RawKind: (int)SyntaxKind.CollectionInitializerExpression } } element when shape.IsAdd => element.GetFirstToken().Span,
        _ => null,
    };
}
