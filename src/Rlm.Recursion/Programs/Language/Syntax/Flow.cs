namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary>How a statement ended.</summary>
internal enum Flow
{
    Next,
    Break,
    Continue,
    Return,
}
