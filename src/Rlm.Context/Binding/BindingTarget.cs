using Microsoft.CodeAnalysis;
using Rlm.Context.Binding.Compilations;
using Rlm.Context.Binding.Sites;
using Rlm.Context.Files;

namespace Rlm.Context.Binding;

/// <summary>A symbol of the repository as the compiler sees it.</summary>
/// <param name="Symbol">In the compilation of the first project that compiles its file.</param>
/// <param name="Family">With what it overrides and implements.</param>
/// <param name="Shape">Where uses of it may stand.</param>
/// <param name="Visible">Projects that can see it.</param>
/// <param name="Declaring">The compilation it was taken from.</param>
internal sealed record BindingTarget(ISymbol Symbol, SymbolFamily Family, SymbolShape Shape, IReadOnlySet<RepoPath> Visible, ProjectCompilation Declaring);
