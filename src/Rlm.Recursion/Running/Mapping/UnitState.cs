namespace Rlm.Recursion.Running.Mapping;

/// <summary>How a unit of a map stands.</summary>
internal enum UnitState
{
    /// <summary>No valid answer yet.</summary>
    Waiting,
    /// <summary>It has a valid finding.</summary>
    Judged,
    /// <summary>It was asked and gave nothing that holds.</summary>
    Failed,
    /// <summary>It was not asked, or not to the end.</summary>
    Skipped,
}
