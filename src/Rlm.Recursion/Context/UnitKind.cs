namespace Rlm.Recursion.Context;

/// <summary>How a scope is cut into units of which each is judged.</summary>
public enum UnitKind
{
    /// <summary>Files; long ones in chunks of 20,000 characters on symbol boundaries.</summary>
    File,
    /// <summary>Innermost members with bodies, and types without such members.</summary>
    Symbol,
    /// <summary>The items of a search set.</summary>
    Match,
    /// <summary>Chunks of at most 20,000 characters on symbol boundaries.</summary>
    Chunk,
    /// <summary>Pairs of units that share a blocking key.</summary>
    Pair,
}
