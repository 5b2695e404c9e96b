namespace Rlm.Recursion.Running.Merging;

/// <summary>Ways to merge.</summary>
internal enum MergeKind
{
    /// <summary>Findings as they are.</summary>
    None,
    /// <summary>How often each value occurs.</summary>
    Count,
    /// <summary>Handles by a field of the values.</summary>
    Group,
    /// <summary>Values joined in order.</summary>
    Concat,
    /// <summary>A model's text.</summary>
    Reduce,
}
