namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary>What a token is.</summary>
internal enum TokenKind
{
    Name,
    Number,
    Text,
    Format,
    Operator,
    Newline,
    Indent,
    Dedent,
    End,
}
