namespace Rlm.Recursion.Sessions;

/// <summary>The sessions that are kept.</summary>
/// <param name="Sessions">Newest first; of equal age by id.</param>
/// <param name="Broken">Files that hold no session that can be read: damaged, or of another version of this program.</param>
public sealed record SessionList(IReadOnlyList<SessionSummary> Sessions, int Broken);
