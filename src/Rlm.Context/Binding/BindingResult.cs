using Rlm.Context.Binding.Sites;
using Rlm.Context.Files;

namespace Rlm.Context.Binding;

/// <summary>What binding found out about some candidate files.</summary>
/// <param name="Sites">By path, line and column.</param>
/// <param name="Bound">Files that were bound: what stands in them and is not among the sites means something else.</param>
/// <param name="Left">Files that were not bound in time.</param>
/// <param name="Unseen">Files of projects that do not refer to the declaring one.</param>
/// <param name="Notes">What is missing for exact answers, by project, each once.</param>
internal sealed record BindingResult(IReadOnlyList<BoundSite> Sites, IReadOnlySet<RepoPath> Bound, IReadOnlyList<RepoPath> Left, IReadOnlyList<RepoPath> Unseen, IReadOnlyList<string> Notes)
{
    /// <summary>Everything was bound.</summary>
    public bool IsComplete => Left.Count == 0;
}
