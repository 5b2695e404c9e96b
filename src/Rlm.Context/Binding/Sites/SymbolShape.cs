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
    public bool HasImplicitUses => IsConstructor || IsIndexer || IsOperator || IsConversion || IsForEach || IsDispose || IsAwait || IsDeconstruct || IsQuery || IsAdd;

    /// <summary>Words of which a file must hold one to have a use of it, for choosing candidates; empty when every file may.</summary>
    public IReadOnlyList<string> Words
    {
        get
        {
            if (IsIndexer || IsOperator || IsConversion || IsAdd) return [];
            var words = Names.ToList();
            if (IsConstructor) words.Add("new");
            if (IsForEach) words.Add("foreach");
            if (IsDispose) words.Add("using");
            if (IsAwait) words.Add("await");
            if (IsQuery) words.Add("from");
            return IsDeconstruct ? [] : words;
        }
    }

    /// <summary>The shape of a symbol.</summary>
    public static SymbolShape Of(ISymbol symbol)
    {
        var method = symbol as IMethodSymbol;
        var isConstructor = method is { MethodKind: MethodKind.Constructor };
        var name = isConstructor ? symbol.ContainingType.Name : Plain(symbol);
        var names = new List<string> { name };
        if ((isConstructor ? symbol.ContainingType : symbol as INamedTypeSymbol) is { } type && type.Name.EndsWith("Attribute", StringComparison.Ordinal) && type.Name.Length > 9) names.Add(type.Name[..^9]);
        return new(names.Where(one => one.Length > 0).ToFrozenSet(StringComparer.Ordinal))
        {
            IsConstructor = isConstructor,
            IsIndexer = symbol is IPropertySymbol { IsIndexer: true },
            IsOperator = method is { MethodKind: MethodKind.UserDefinedOperator },
            IsConversion = method is { MethodKind: MethodKind.Conversion },
            IsForEach = name is "GetEnumerator" or "GetAsyncEnumerator" or "MoveNext" or "MoveNextAsync" or "Current",
            IsDispose = name is "Dispose" or "DisposeAsync",
            IsAwait = name is "GetAwaiter" or "GetResult" or "IsCompleted",
            IsDeconstruct = name == "Deconstruct",
            IsQuery = method is not null && QueryNames.Contains(name),
            IsAdd = method is not null && name == "Add",
        };
    }

    private static string Plain(ISymbol symbol) => symbol is IPropertySymbol { IsIndexer: true } or IMethodSymbol { MethodKind: MethodKind.UserDefinedOperator or MethodKind.Conversion } ? ""
        : symbol.Name[(symbol.Name.LastIndexOf('.') + 1)..];
}
