namespace Rlm.Context.History;

/// <summary>Whether a path of another revision may be shown.</summary>
public enum PathVerdict
{
    /// <summary>Yes.</summary>
    Shown,
    /// <summary>The ignore rules of today leave it out: it is counted.</summary>
    Ignored,
    /// <summary>It is on the list of secret files: it is named and nothing more.</summary>
    Secret,
}
