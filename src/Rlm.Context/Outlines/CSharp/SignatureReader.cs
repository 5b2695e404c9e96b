using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Rlm.Context.Outlines.CSharp;

/// <summary>Signatures as written: without attributes, bodies and initialisers; accessors in short form (<c>{ get; private set; }</c>).</summary>
internal sealed class SignatureReader(string text)
{
    private const int MaxValue = 60;

    /// <summary>The signature of a declaration that stands for one symbol.</summary>
    public string Of(SyntaxNode node) => node switch
    {
        NamespaceDeclarationSyntax declared => From(declared, declared.Name.Span.End),
        FileScopedNamespaceDeclarationSyntax declared => From(declared, declared.Name.Span.End),
        BaseTypeDeclarationSyntax type => From(type, HeaderEnd(type)),
        DelegateDeclarationSyntax declared => From(declared, Before(declared.SemicolonToken, declared)),
        ConstructorDeclarationSyntax constructor => From(constructor, constructor.ParameterList.Span.End),
        BaseMethodDeclarationSyntax method => From(method, method.Body?.SpanStart ?? method.ExpressionBody?.SpanStart ?? Before(method.SemicolonToken, method)),
        LocalFunctionStatementSyntax function => From(function, function.Body?.SpanStart ?? function.ExpressionBody?.SpanStart ?? Before(function.SemicolonToken, function)),
        PropertyDeclarationSyntax property => From(property, property.Identifier.Span.End) + Accessors(property.AccessorList),
        IndexerDeclarationSyntax indexer => From(indexer, indexer.ParameterList.Span.End) + Accessors(indexer.AccessorList),
        EventDeclarationSyntax declared => From(declared, declared.Identifier.Span.End) + (declared.AccessorList is null ? "" : Accessors(declared.AccessorList)),
        EnumMemberDeclarationSyntax member => From(member, member.Identifier.Span.End) + Value(member.EqualsValue),
        _ => "",
    };

    /// <summary>The signature of one variable of a field or event declaration; constants keep a short value.</summary>
    public string OfVariable(BaseFieldDeclarationSyntax field, VariableDeclaratorSyntax variable)
    {
        var type = From(field, field.Declaration.Type.Span.End);
        var name = SignatureText.Squeeze(text, variable.Identifier.SpanStart, variable.ArgumentList?.Span.End ?? variable.Identifier.Span.End);
        var isConstant = field.Modifiers.Any(modifier => modifier.Text == "const");
        return type + " " + name + (isConstant ? Value(variable.Initializer) : "");
    }

    private string Value(EqualsValueClauseSyntax? value) =>
        value is { Span.Length: <= MaxValue + 10 } && SignatureText.Squeeze(text, value.SpanStart, value.Span.End) is { Length: <= MaxValue + 2 } written ? " " + written : "";

    // An expression body is a getter; saying so keeps the shape of all properties the same.
    private string Accessors(AccessorListSyntax? list) =>
        list is null ? " { get; }" : " { " + string.Concat(list.Accessors.Select(accessor => Accessor(accessor) + "; ")) + "}";

    private string Accessor(AccessorDeclarationSyntax accessor) =>
        SignatureText.Squeeze(text, accessor.Modifiers.Count > 0 ? accessor.Modifiers[0].SpanStart : accessor.Keyword.SpanStart, accessor.Keyword.Span.End);

    private static int HeaderEnd(BaseTypeDeclarationSyntax type) =>
        type.OpenBraceToken.Span.Length > 0 ? type.OpenBraceToken.SpanStart : Before(type.SemicolonToken, type);

    private static int Before(SyntaxToken semicolon, SyntaxNode node) => semicolon.Span.Length > 0 ? semicolon.SpanStart : node.Span.End;

    private string From(SyntaxNode node, int end)
    {
        var attributes = node switch
        {
            MemberDeclarationSyntax member => member.AttributeLists,
            LocalFunctionStatementSyntax function => function.AttributeLists,
            _ => default,
        };
        return SignatureText.Squeeze(text, attributes.Count > 0 ? attributes[^1].Span.End : node.SpanStart, end);
    }
}
