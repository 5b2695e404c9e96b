using Rlm.Context.Files;

namespace Rlm.Context.Binding;

/// <summary>What binding found out about some candidate files.</summary>
/// <param name="Files">Those that were bound.</param>
/// <param name="Late">Files that were not bound in time, by path.</param>
/// <param name="Failed">How many could not be bound at all: their text is not safe to parse, or the compiler fails on them.</param>
/// <param name="Unseen">Files of projects that do not refer to the declaring one.</param>
/// <param name="Notes">What is missing for exact answers, each once.</param>
internal sealed record BindingResult(IReadOnlyDictionary<RepoPath, FileBinding> Files, IReadOnlyList<RepoPath> Late, int Failed, IReadOnlySet<RepoPath> Unseen, IReadOnlyList<string> Notes);
