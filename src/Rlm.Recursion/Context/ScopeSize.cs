namespace Rlm.Recursion.Context;

/// <summary>How much a scope holds.</summary>
/// <param name="Files">Covered files.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="Version">Changes whenever a file in scope may have changed.</param>
public readonly record struct ScopeSize(int Files, long Bytes, string Version)
{
    /// <summary>About so many tokens: a quarter of the bytes.</summary>
    public long Tokens => Bytes / 4;
}
