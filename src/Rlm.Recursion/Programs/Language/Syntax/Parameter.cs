using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary>A parameter of a function: 0 stars plain, 1 <c>*name</c>, 2 <c>**name</c>.</summary>
internal sealed record Parameter(string Name, Expr? Default, int Stars, bool IsKeywordOnly, bool IsPositionalOnly);
