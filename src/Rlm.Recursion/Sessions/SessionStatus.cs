namespace Rlm.Recursion.Sessions;

/// <summary>How a session stands.</summary>
public enum SessionStatus
{
    /// <summary>At work.</summary>
    Running,
    /// <summary>Its child sessions wait for sub-agents of the client.</summary>
    NeedsHost,
    /// <summary>Done, nothing left out.</summary>
    Complete,
    /// <summary>Ended before all was done; the reason says why.</summary>
    Partial,
    /// <summary>Nothing came of it.</summary>
    Failed,
    /// <summary>Ended by the client.</summary>
    Cancelled,
}
