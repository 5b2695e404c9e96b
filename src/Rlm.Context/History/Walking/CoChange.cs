using Rlm.Context.Files;

namespace Rlm.Context.History.Walking;

/// <summary>Which files change together with one.</summary>
/// <param name="Rows">Each other file and in how many commits, most first, then by path.</param>
/// <param name="Commits">How many commits were counted.</param>
/// <param name="LeftOut">How many commits were left out: merges, and those of more than <see cref="MaxFiles"/> files.</param>
/// <param name="IsCut">Whether the time was up before all were looked at.</param>
public sealed record CoChange(IReadOnlyList<(RepoPath Path, int Together)> Rows, int Commits, int LeftOut, bool IsCut)
{
    /// <summary>Commits of more files say nothing about any two of them.</summary>
    public const int MaxFiles = 100;
}
