namespace Rlm.Recursion.Context;

/// <summary>Whether a quoted text stands where it is said to.</summary>
public enum QuoteCheck
{
    /// <summary>Character by character.</summary>
    Exact,
    /// <summary>Equal but for white space.</summary>
    Whitespace,
    /// <summary>It does not, or there is no such place in scope.</summary>
    False,
}
