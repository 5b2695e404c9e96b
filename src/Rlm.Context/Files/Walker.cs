using Rlm.Context.Files.Walking;
using Rlm.Context.Files.Watching;

namespace Rlm.Context.Files;

/// <summary>
/// Walks the root in parallel into a <see cref="Snapshot"/>: gitignore semantics (nested, negated, <c>.git/info/exclude</c>, <c>.rlmignore</c>),
/// secrets, binaries and special files left out and counted. Nothing under <c>.git</c> is listed or counted.
/// The covered files are those of <c>rg --no-require-git --hidden -g '!.git'</c> less secrets and binaries; ignore files above the root do not apply.
/// A secret file counts as secret also when it is ignored, so that <c>map</c> can name it; inside an ignored folder all is ignored.
/// </summary>
public static class Walker
{
    /// <summary>Folders below the root are walked to this depth; deeper ones are counted as <see cref="SkipReason.TooDeep"/>.</summary>
    public const int MaxDepth = 128;

    /// <summary>Entries beyond this many are counted as <see cref="SkipReason.TooDeep"/>.</summary>
    public const int MaxEntries = 5_000_000;

    /// <summary>Entries of ignored folders are counted up to this many; then <see cref="Snapshot.IgnoredIsLowerBound"/>.</summary>
    public const int MaxIgnoredEntries = 100_000;

    /// <summary>
    /// Takes a snapshot. Files whose stamp equals the one in <paramref name="previous"/> are not opened again, so a rescan costs only the listings and stats;
    /// when nothing at all has changed, files and version are those of <paramref name="previous"/>.
    /// </summary>
    /// <exception cref="RootAccessException">The root itself cannot be listed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; there is no partial snapshot.</exception>
    public static Snapshot Walk(RootFolder root, ContextOptions options, Snapshot? previous, IProgress<ContextProgress>? progress, CancellationToken cancellationToken) =>
        Walk(root, options, previous, DirtyFolders.Everything, null, progress, cancellationToken);

    /// <summary>
    /// Takes a snapshot when it is known which folders have changed since <paramref name="previous"/>: only these are listed again, with what is new in them or
    /// is decided anew by changed ignore rules. The result is that of a full walk. Each folder is put under the watch before it is listed.
    /// </summary>
    /// <exception cref="RootAccessException">The root itself cannot be listed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; there is no partial snapshot.</exception>
    internal static Snapshot Walk(
        RootFolder root, ContextOptions options, Snapshot? previous, DirtyFolders dirty, FolderWatch? watch, IProgress<ContextProgress>? progress, CancellationToken cancellationToken) =>
        new WalkRun(root, options, previous, dirty, watch, progress, cancellationToken).Run()
        ?? new WalkRun(root, options, previous, DirtyFolders.Everything, watch, progress, cancellationToken).Run()!;
}
