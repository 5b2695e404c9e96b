using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary>One <c>for target in source if test…</c> of a comprehension.</summary>
internal sealed record ComprehensionClause(Target Target, Expr Source, IReadOnlyList<Expr> Tests);
