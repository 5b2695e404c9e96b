using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Rlm.Context.Binding.Sites;

/// <summary>
/// What makes two symbols of different compilations the same: where they are declared, for linked files one place in many assemblies; of assemblies, their documentation id.
/// </summary>
internal static class SymbolIdentity
{
    /// <summary>The identity of a symbol's definition.</summary>
    public static string Of(ISymbol symbol)
    {
        symbol = Definition(symbol);
        if (symbol.DeclaringSyntaxReferences is [var declared, ..]) return string.Create(CultureInfo.InvariantCulture, $"{declared.SyntaxTree.FilePath}@{declared.Span.Start}{(symbol is IMethodSymbol { MethodKind: MethodKind.Constructor } ? "c" : "")}");
        // Without source of its own (a default constructor, a type's implicit member): by its container.
        if (symbol.ContainingType is { } type && type.DeclaringSyntaxReferences.Length > 0) return $"{Of(type)}!{symbol.MetadataName}{(symbol as IMethodSymbol)?.Parameters.Length}";
        return $"{symbol.ContainingAssembly?.Name}|{symbol.GetDocumentationCommentId()}";
    }

    /// <summary>The symbol as it was declared: no type arguments, no reduction of an extension, the first part of a partial one.</summary>
    public static ISymbol Definition(ISymbol symbol)
    {
        symbol = symbol is IMethodSymbol { ReducedFrom: { } whole } ? whole : symbol;
        symbol = symbol.OriginalDefinition;
        if (symbol is IMethodSymbol { PartialDefinitionPart: { } first }) symbol = first;
        if (symbol is IMethodSymbol { AssociatedSymbol: IPropertySymbol or IEventSymbol } accessor) symbol = accessor.AssociatedSymbol!;
        if (symbol is IPropertySymbol { PartialDefinitionPart: { } property }) symbol = property;
        return symbol;
    }
}
