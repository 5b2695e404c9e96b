using Rlm.Context.Files;

namespace Rlm.Context.History.Walking;

/// <summary>A commit that a log lists.</summary>
/// <param name="Commit">Its name.</param>
/// <param name="Path">Where the file or folder was at that commit.</param>
/// <param name="OldPath">Where it was before, when the commit renamed it.</param>
public sealed record PathStep(GitId Commit, RepoPath Path, RepoPath? OldPath);
