using System.Collections.Frozen;
using Microsoft.CodeAnalysis;

namespace Rlm.Context.Binding.Sites;

/// <summary>Where uses of a symbol may stand, as far as syntax tells: under which names, and in which constructs without any.</summary>
internal sealed class SymbolShape
{
    private static readonly FrozenSet<string> QueryNames = new[] { "Select", "SelectMany", "Where", "OrderBy", "OrderByDescending", "ThenBy", "ThenByDescending", "Join", "GroupJoin", "GroupBy", "Cast" }.ToFrozenSet();

    private SymbolShape(FrozenSet<string> names) => Names = names;

    /// <summary>The names it is written by.</summary>
    public FrozenSet<string> Names { get; }

#pragma warning disable CS1591 // each says it
    public bool IsType { get; private init; }
    public bool IsConstructor { get; private init; }
    public bool IsIndexer { get; private init; }
    public bool IsOperator { get; private init; }
    public bool IsConversion { get; private init; }
    public bool IsForEach { get; private init; }
    public bool IsDispose { get; private init; }
    public bool IsAwait { get; private init; }
    public bool IsDeconstruct { get; private init; }
    public bool IsQuery { get; private init; }
    public bool IsAdd { get; private init; }
#pragma warning restore CS1591

    /// <summary>Uses without a name are possible.</summary>
    public bool HasImplicitUses => IsType || IsConstructor || IsIndexer || IsOperator || IsConversion || IsForEach || IsDispose || IsAwait || IsDeconstruct || IsQuery || IsAdd;

    /// <summary>A word of which a file that uses it without its name must hold one; null when there is no such use, empty when every file may have one.</summary>
    public string? ImplicitWord => IsIndexer || IsOperator || IsConversion || IsAdd || IsDeconstruct ? "" : IsForEach ? "foreach" : IsDispose ? "using" : IsAwait ? "await" : IsQuery ? "from" : null;

    /// <summary>What one of several symbols may look like.</summary>
    public static SymbolShape Of(IEnumerable<ISymbol> symbols)
    {
        var shapes = symbols.Select(Of).ToArray();
        return new(shapes.SelectMany(shape => shape.Names).ToFrozenSet(StringComparer.Ordinal))
        {
            IsType = shapes.Any(shape => shape.IsType),
            IsConstructor = shapes.Any(shape => shape.IsConstructor),
            IsIndexer = shapes.Any(shape => shape.IsIndexer),
            IsOperator = shapes.Any(shape => shape.IsOperator),
            IsConversion = shapes.Any(shape => shape.IsConversion),
            IsForEach = shapes.Any(shape => shape.IsForEach),
            IsDispose = shapes.Any(shape => shape.IsDispose),
            IsAwait = shapes.Any(shape => shape.IsAwait),
            IsDeconstruct = shapes.Any(shape => shape.IsDeconstruct),
            IsQuery = shapes.Any(shape => shape.IsQuery),
            IsAdd = shapes.Any(shape => shape.IsAdd),
        };
    }

    /// <summary>The shape of a symbol.</summary>
    private static SymbolShape Of(ISymbol symbol)
    {
        var method = symbol as IMethodSymbol;
        var isConstructor = method is { MethodKind: MethodKind.Constructor };
        var name = isConstructor ? symbol.ContainingType.Name : Plain(symbol);
        var names = new List<string> { name };
        if ((isConstructor ? symbol.ContainingType : symbol as INamedTypeSymbol) is { } type && type.Name.EndsWith("Attribute", StringComparison.Ordinal) && type.Name.Length > 9) names.Add(type.Name[..^9]);
        return new(names.Where(one => one.Length > 0).ToFrozenSet(StringComparer.Ordinal))
        {
            IsType = symbol is INamedTypeSymbol,
            IsConstructor = isConstructor,
            IsIndexer = symbol is IPropertySymbol { IsIndexer: true },
            IsOperator = method is { MethodKind: MethodKind.UserDefinedOperator },
            IsConversion = method is { MethodKind: MethodKind.Conversion },
            IsForEach = name is "GetEnumerator" or "GetAsyncEnumerator" or "MoveNext" or "MoveNextAsync" or "Current",
            IsDispose = name is "Dispose" or "DisposeAsync",
            IsAwait = name is "GetAwaiter" or "GetResult" or "IsCompleted",
            IsDeconstruct = name == "Deconstruct",
            IsQuery = method is not null && QueryNames.Contains(name),
            // Only what can be enumerated has a collection initializer; an extension may be for anything.
            IsAdd = name == "Add" && method is not null && (method.IsExtensionMethod || symbol.ContainingType.AllInterfaces.Any(face => face.SpecialType == SpecialType.System_Collections_IEnumerable)),
        };
    }

    private static string Plain(ISymbol symbol) => symbol is IPropertySymbol { IsIndexer: true } or IMethodSymbol { MethodKind: MethodKind.UserDefinedOperator or MethodKind.Conversion } ? ""
        : symbol.Name[(symbol.Name.LastIndexOf('.') + 1)..];
}
