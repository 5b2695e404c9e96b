namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary>An <c>except</c> clause; without a type it catches all.</summary>
internal sealed record Handler(Expr? Type, NameExpr? Name, Block Body, int Line);
