using Rlm.Context.Files;
using Rlm.Context.Index.Storage;

namespace Rlm.Context.Index.Building;

/// <summary>
/// Begins a new index from that of another root with mostly the same files: a worktree of the same repository, or the same folder under its old name. What is the same is recognised
/// by its content, so that outlines are not made twice; the rest goes with the first update.
/// </summary>
internal static class IndexSeed
{
    private const int MostLookedAt = 100;
    private const double LeastShared = 0.5;

    /// <summary>Links the files of the best other index into an empty place; false when none fits.</summary>
    /// <param name="folder">The new index's own folder, <c>CACHE/ROOT/index</c>.</param>
    /// <param name="engine">Makes an engine over a place.</param>
    /// <param name="snapshot">The files to be indexed.</param>
    /// <exception cref="IOException">The place cannot be written.</exception>
    public static bool TryPlant(string folder, Func<IIndexFiles, IIndexEngine> engine, Snapshot snapshot)
    {
        var best = Others(folder).Select(other => (Folder: other, Shared: SharedWith(engine(new DiskIndexFiles(other)), snapshot))).OrderByDescending(other => other.Shared).FirstOrDefault();
        if (best.Folder is null || best.Shared == 0 || best.Shared < LeastShared * Countable(snapshot).Count()) return false;
        var format = engine(new DiskIndexFiles(folder)).FormatId;
        Directory.CreateDirectory(folder);
        foreach (var segment in Directory.EnumerateFiles(best.Folder, format + ".*.segment")) FileLink.Make(segment, Path.Join(folder, Path.GetFileName(segment)));
        var manifest = Path.Join(folder, format + ".manifest");
        File.Copy(Path.Join(best.Folder, format + ".manifest"), manifest + ".seed", overwrite: true);
        File.Move(manifest + ".seed", manifest, overwrite: true);
        return true;
    }

    // Long texts are there in parts.
    private static IEnumerable<FileEntry> Countable(Snapshot snapshot) => snapshot.Files.Where(file => !FileParts.AreFor(file.Stamp.Bytes));

    private static IEnumerable<string> Others(string folder)
    {
        var cache = Path.GetDirectoryName(Path.GetDirectoryName(folder));
        return cache is null || !Directory.Exists(cache) ? [] : Directory.EnumerateDirectories(cache).Select(root => Path.Join(root, "index")).Where(other => other != folder && Directory.Exists(other)).Take(MostLookedAt);
    }

    // Path and size: the stamps of a worktree differ, and contents are compared when they are read.
    private static int SharedWith(IIndexEngine other, Snapshot snapshot)
    {
        try
        {
            using var state = other.Open();
            var sizes = new HashSet<(ulong, long)>(state.FileCount);
            state.ScanFiles((int _, in FileVersion version) => sizes.Add((version.PathHash, version.Stamp.Bytes)));
            return Countable(snapshot).Count(file => sizes.Contains((FileVersion.HashOf(file.Path.Value), file.Stamp.Bytes)));
        }
        catch (Exception unusable) when (unusable is IndexDamagedException or IOException)
        {
            return 0;
        }
    }
}
