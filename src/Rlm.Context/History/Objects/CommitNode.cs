namespace Rlm.Context.History.Objects;

/// <summary>A commit as a point of the graph.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Tree">Its tree.</param>
/// <param name="Parents">Its parents as it names them.</param>
/// <param name="Time">When it was committed, seconds since 1970 UTC.</param>
internal sealed record CommitNode(GitId Id, GitId Tree, GitId[] Parents, long Time);
