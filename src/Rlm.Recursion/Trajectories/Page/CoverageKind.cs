namespace Rlm.Recursion.Trajectories.Page;

/// <summary>What became of a file; the first that is true.</summary>
internal enum CoverageKind
{
    /// <summary>A part of it has no valid answer.</summary>
    Missed,
    /// <summary>At least one unit of it was judged.</summary>
    Judged,
    /// <summary>Some of it was shown to a session.</summary>
    Read,
    /// <summary>Nothing of it was shown to any session.</summary>
    Unread,
    /// <summary>It was read, and is not in scope any more.</summary>
    Gone,
}
