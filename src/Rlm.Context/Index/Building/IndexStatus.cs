namespace Rlm.Context.Index.Building;

/// <summary>How far the index of a store is.</summary>
/// <param name="State">What is going on.</param>
/// <param name="Done">Files done of this step.</param>
/// <param name="Total">Files of this step; 0 when there is nothing to count.</param>
/// <param name="Note">What an operator should know, in a sentence; null when all is well.</param>
public readonly record struct IndexStatus(IndexState State, long Done = 0, long Total = 0, string? Note = null)
{
    /// <summary>For the header of an answer: <c>index 43 % built</c>; null when there is nothing to say.</summary>
    public string? Words => State switch
    {
        IndexState.Texts or IndexState.Outlines when Total > 0 => $"{(State == IndexState.Texts ? "index" : "outlines")} {Done * 100 / Total} % built",
        IndexState.Starting => "index not built yet",
        _ => null,
    };
}

/// <summary>What the index of a store is doing.</summary>
public enum IndexState
{
    /// <summary>Nobody keeps one here: what an earlier process left is used, everything else is read.</summary>
    Unkept,
    /// <summary>It is about to be looked at.</summary>
    Starting,
    /// <summary>Texts are being indexed; files not yet done are read by every search.</summary>
    Texts,
    /// <summary>Text search is complete; files are being outlined for ranked and symbol search.</summary>
    Outlines,
    /// <summary>Another process is writing it; this one reads what that has committed.</summary>
    Following,
    /// <summary>Up to date.</summary>
    Ready,
    /// <summary>It cannot be written just now (<see cref="IndexStatus.Note"/>); what is there is used, everything else is read.</summary>
    Stuck,
}
