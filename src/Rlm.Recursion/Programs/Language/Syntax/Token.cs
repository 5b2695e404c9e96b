namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary>A token. For numbers and strings <paramref name="Value"/> is the value; for f-strings their parts.</summary>
internal sealed record Token(TokenKind Kind, string Text, int Line, object? Value = null)
{
    public bool Is(string text) => Kind is TokenKind.Operator or TokenKind.Name && Text == text;
}
