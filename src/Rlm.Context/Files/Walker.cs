namespace Rlm.Context.Files;

/// <summary>
/// Walks the root in parallel into a <see cref="Snapshot"/>: gitignore semantics (nested, negated, <c>.git/info/exclude</c>, <c>.rlmignore</c>),
/// secrets, binaries and special files left out and counted. Nothing under <c>.git</c> is listed or counted.
/// The covered files are those of <c>rg --no-require-git --hidden -g '!.git'</c> less secrets and binaries.
/// </summary>
public static class Walker
{
    /// <summary>
    /// Takes a snapshot. Files whose stamp equals the one in <paramref name="previous"/> are not opened again, so a rescan costs only the stats.
    /// </summary>
    public static Snapshot Walk(RootFolder root, ContextOptions options, Snapshot? previous, IProgress<ContextProgress>? progress, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}
