using Microsoft.CodeAnalysis;

namespace Rlm.Context.Binding.Sites;

/// <summary>
/// Symbols with those that a use of them may be written as: what they override and implement, and what overrides and implements them. Other members that implement the same
/// are no kin: a call of one cannot end in the other.
/// </summary>
internal sealed class SymbolFamily
{
    private readonly HashSet<string> _own, _above;

    private SymbolFamily(HashSet<string> own, HashSet<string> above) => (_own, _above) = (own, above);

    /// <summary>The family of a symbol.</summary>
    public static SymbolFamily Of(IEnumerable<ISymbol> symbols)
    {
        var all = symbols.Select(SymbolIdentity.Definition).ToArray();
        return new([.. all.Select(SymbolIdentity.Of)], [.. all.SelectMany(Above).Select(SymbolIdentity.Of)]);
    }

    /// <summary>Whether a symbol is the very one.</summary>
    public bool Is(ISymbol symbol) => _own.Contains(SymbolIdentity.Of(symbol));

    /// <summary>Whether a symbol is one that they override or implement, or one of them.</summary>
    public bool IsAbove(ISymbol symbol) => _above.Contains(SymbolIdentity.Of(symbol));

    /// <summary>Whether a symbol is of the family.</summary>
    public bool Holds(ISymbol symbol) => IsAbove(symbol) || Above(SymbolIdentity.Definition(symbol)).Any(above => _own.Contains(SymbolIdentity.Of(above)));

    /// <summary>Whether a type derives from one of the symbols or implements it, however far up.</summary>
    public bool IsBaseOf(ITypeSymbol type)
    {
        for (var at = type.BaseType; at is not null; at = at.BaseType)
            if (Is(at)) return true;
        return type.AllInterfaces.Any(Is);
    }

    /// <summary>The symbol and all that it overrides or implements, however far up.</summary>
    public static IEnumerable<ISymbol> Above(ISymbol symbol)
    {
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default) { symbol };
        var ahead = new Queue<ISymbol>([symbol]);
        while (ahead.TryDequeue(out var next))
        {
            yield return next;
            foreach (var above in Overridden(next).Concat(Implemented(next)).Select(SymbolIdentity.Definition))
                if (seen.Add(above)) ahead.Enqueue(above);
        }
    }

    /// <summary>The member that this one overrides.</summary>
    public static IEnumerable<ISymbol> Overridden(ISymbol symbol) => symbol switch
    {
        IMethodSymbol { OverriddenMethod: { } method } => [method],
        IPropertySymbol { OverriddenProperty: { } property } => [property],
        IEventSymbol { OverriddenEvent: { } @event } => [@event],
        _ => [],
    };

    /// <summary>The interface members that this one implements, explicitly or by its name.</summary>
    public static IEnumerable<ISymbol> Implemented(ISymbol symbol)
    {
        if (symbol is not (IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation or MethodKind.UserDefinedOperator or MethodKind.Conversion } or IPropertySymbol or IEventSymbol)) yield break;
        var named = symbol switch
        {
            IMethodSymbol method => method.ExplicitInterfaceImplementations.CastArray<ISymbol>(),
            IPropertySymbol property => property.ExplicitInterfaceImplementations.CastArray<ISymbol>(),
            IEventSymbol @event => @event.ExplicitInterfaceImplementations.CastArray<ISymbol>(),
            _ => [],
        };
        foreach (var one in named) yield return one;
        if (named.Length > 0 || symbol.ContainingType is not { TypeKind: TypeKind.Class or TypeKind.Struct } type) yield break;
        foreach (var face in type.AllInterfaces)
            foreach (var member in face.GetMembers(symbol.Name))
                if (SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(member), symbol)) yield return member;
    }
}
