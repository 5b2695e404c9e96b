using Microsoft.CodeAnalysis;
using Rlm.Context.Binding.Sites;
using Rlm.Context.Files;

namespace Rlm.Context.Binding;

/// <summary>Symbols of the repository as the compiler sees them.</summary>
/// <param name="Symbols">Each in the compilation of the first project that compiles its file.</param>
/// <param name="Family">They, with what they override and implement.</param>
/// <param name="Shape">Where uses of them may stand.</param>
/// <param name="Visible">Projects that can see one of them.</param>
internal sealed record BindingTarget(IReadOnlyList<ISymbol> Symbols, SymbolFamily Family, SymbolShape Shape, IReadOnlySet<RepoPath> Visible)
{
    /// <summary>Equal for equal questions.</summary>
    public string Key { get; } = string.Join('\n', Symbols.Select(SymbolIdentity.Of).Order(StringComparer.Ordinal));

    /// <summary>One of them is code without a project file.</summary>
    public bool IsLoose { get; init; }

    /// <summary>All are constructors: a type's name then means the constructor that is called there.</summary>
    public bool IsConstructor => Symbols.All(symbol => symbol is IMethodSymbol { MethodKind: MethodKind.Constructor });
}
