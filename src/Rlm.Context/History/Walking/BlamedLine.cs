using Rlm.Context.Files;

namespace Rlm.Context.History.Walking;

/// <summary>Who last changed a line.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Commit">The commit; null when the line is not committed yet, or the time was up before its commit was found.</param>
/// <param name="Path">Where it stood in that commit.</param>
/// <param name="IsUncommitted">Whether it differs from <c>HEAD</c>.</param>
/// <param name="ReachedBack">The commit that still had it when the time was up: the line is at least as old; null when it is settled.</param>
public sealed record BlamedLine(int Line, GitId? Commit, RepoPath? Path, bool IsUncommitted, GitId? ReachedBack);
