using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Rlm.Context.Files;
using Rlm.Context.Outlines;

namespace Rlm.Context.Binding.Sites;

/// <summary>Finds in a tree the declaration that an outline names, and the declarations under a name.</summary>
internal static class Declarations
{
    /// <summary>The node of a symbol of the outline; null when the tree does not have it (another branch of <c>#if</c>, another version).</summary>
    public static SyntaxNode? Of(Symbol symbol, SyntaxNode root, LineMap lines)
    {
        SyntaxNode? found = null;
        foreach (var node in root.DescendantNodes(node => node is not BlockSyntax || symbol.Kind == SymbolKinds.LocalFunction))
        {
            if (NameOf(node) is not { } name || lines.LineOf(name.SpanStart) != symbol.NameLine || !Fits(node, symbol)) continue;
            if (name.ValueText == LastPart(symbol.Name) || node is OperatorDeclarationSyntax or ConversionOperatorDeclarationSyntax or IndexerDeclarationSyntax) return node;
            found ??= node;
        }
        return found;
    }

    /// <summary>The declarations under a name, anywhere in a tree.</summary>
    public static IEnumerable<SyntaxNode> Named(SyntaxNode root, string name)
    {
        foreach (var node in root.DescendantNodes())
            if (NameOf(node) is { } token && token.ValueText == name) yield return node;
    }

    /// <summary>The token that names what a node declares; null for what declares nothing.</summary>
    public static SyntaxToken? NameOf(SyntaxNode node) => node switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier,
        DelegateDeclarationSyntax type => type.Identifier,
        MethodDeclarationSyntax method => method.Identifier,
        ConstructorDeclarationSyntax constructor => constructor.Identifier,
        DestructorDeclarationSyntax destructor => destructor.Identifier,
        PropertyDeclarationSyntax property => property.Identifier,
        EventDeclarationSyntax @event => @event.Identifier,
        IndexerDeclarationSyntax indexer => indexer.ThisKeyword,
        OperatorDeclarationSyntax @operator => @operator.OperatorToken,
        ConversionOperatorDeclarationSyntax conversion => conversion.OperatorKeyword,
        EnumMemberDeclarationSyntax member => member.Identifier,
        VariableDeclaratorSyntax { Parent.Parent: BaseFieldDeclarationSyntax } field => field.Identifier,
        LocalFunctionStatementSyntax local => local.Identifier,
        _ => null,
    };

    private static bool Fits(SyntaxNode node, Symbol symbol) => symbol.Kind switch
    {
        SymbolKinds.Constructor => node is ConstructorDeclarationSyntax,
        SymbolKinds.Destructor => node is DestructorDeclarationSyntax,
        _ => symbol.IsType == node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax && node is not ConstructorDeclarationSyntax,
    };

    private static string LastPart(string name) => name[(name.LastIndexOf('.') + 1)..];
}
