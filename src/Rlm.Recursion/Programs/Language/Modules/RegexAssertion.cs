using Rlm.Recursion.Programs.Language.Syntax;

namespace Rlm.Recursion.Programs.Language.Modules;

/// <summary>What a place must be.</summary>
internal enum RegexAssertion
{
    TextStart,
    TextEnd,

    /// <summary>The end, or before a newline that ends the text: <c>$</c>.</summary>
    End,
    LineStart,
    LineEnd,
    Boundary,
    NotBoundary,
}
