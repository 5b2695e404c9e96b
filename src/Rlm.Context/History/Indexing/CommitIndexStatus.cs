namespace Rlm.Context.History.Indexing;

/// <summary>How far the index of commits is.</summary>
/// <param name="Commits">How many it has.</param>
/// <param name="Left">How many are known to be missing; null when nobody has looked.</param>
/// <param name="IsBuilding">Whether it is being built.</param>
/// <param name="Note">What an operator should know, in a sentence; null when all is well.</param>
public sealed record CommitIndexStatus(int Commits, int? Left, bool IsBuilding, string? Note);
