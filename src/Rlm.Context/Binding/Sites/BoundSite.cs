using Rlm.Context.Files;
using Rlm.Context.Relations;

namespace Rlm.Context.Binding.Sites;

/// <summary>A place that means a symbol, or may.</summary>
/// <param name="Path">The file.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in UTF-16 units.</param>
/// <param name="Length">Characters of the name there; for a use without a name those of the word that brings it about.</param>
/// <param name="Kind">See <see cref="SiteKinds"/>.</param>
/// <param name="Certainty">How sure it is.</param>
internal sealed record BoundSite(RepoPath Path, int Line, int Column, int Length, string Kind, Certainty Certainty)
{
    /// <summary>The member of the family that the place binds to when it is not the symbol itself; else null.</summary>
    public string? Via { get; init; }
}
