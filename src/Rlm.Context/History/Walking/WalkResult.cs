namespace Rlm.Context.History.Walking;

/// <summary>What a walk found, and how far it came.</summary>
/// <typeparam name="T">What it lists.</typeparam>
/// <param name="Items">Newest first.</param>
/// <param name="Rest">Where to go on when the time was up; empty when it came to the end.</param>
/// <param name="Oldest">The oldest commit that was looked at; null for none.</param>
/// <param name="MetBorder">Whether older history exists that this clone does not have.</param>
public sealed record WalkResult<T>(IReadOnlyList<T> Items, IReadOnlyList<WalkPlace> Rest, GitId? Oldest, bool MetBorder);

/// <summary>A place from which a walk goes on.</summary>
/// <param name="Commit">The commit to look at next.</param>
/// <param name="Path">The path of what is followed, at that commit.</param>
/// <param name="Lines">Its lines there; null for all.</param>
public sealed record WalkPlace(GitId Commit, Files.RepoPath Path, Files.LineRange? Lines);
