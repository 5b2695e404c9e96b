using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary>An argument of a call: <c>value</c>, <c>name=value</c>, or with stars <c>*value</c> and <c>**value</c>.</summary>
internal sealed record Argument(Expr Value, string? Name, int Stars);
