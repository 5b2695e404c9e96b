using Rlm.Context.Files;

namespace Rlm.Context.Binding.Sites;

/// <summary>How sure it is that a place means a symbol.</summary>
public enum SiteCertainty
{
    /// <summary>The compiler binds it.</summary>
    Exact,
    /// <summary>One of several that the compiler considered.</summary>
    Candidate,
    /// <summary>The name stands in code, and what it means could not be found out.</summary>
    Syntax,
}

/// <summary>A place that means a symbol, or may.</summary>
/// <param name="Path">The file.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in UTF-16 units.</param>
/// <param name="Length">Characters of the name there; for a use without a name those of the word that brings it about.</param>
/// <param name="Kind">See <see cref="SiteKind"/>.</param>
/// <param name="Certainty">How sure it is.</param>
/// <param name="IsImplicit">The name is not written there.</param>
public sealed record BoundSite(RepoPath Path, int Line, int Column, int Length, string Kind, SiteCertainty Certainty, bool IsImplicit);
