using Rlm.Context.Files;

namespace Rlm.Context.History.Opening;

/// <summary>
/// What libgit2 is given to open instead of the repository: an empty bare repository of our own, outside the root, that borrows the objects of the real one. So nothing of
/// the real repository is ever interpreted but objects, whose names are their checksums: no configuration, attributes, hooks, index, refs or owner.
/// <code>
/// objects/info/alternates = /src/app/.git/objects
/// </code>
/// </summary>
internal static class ShadowRepository
{
    private const string Config = "[core]\n\trepositoryformatversion = 0\n\tbare = true\n", Head = "ref: refs/heads/none\n";

    /// <summary>Makes it, or brings one that is there to the same state, and gives its path.</summary>
    /// <param name="parent">The folder for it; null for a temporary one, which the caller deletes.</param>
    /// <param name="objectFolders">Absolute paths of folders with objects.</param>
    /// <exception cref="ContextException">It cannot be written.</exception>
    public static string Make(string? parent, IReadOnlyList<string> objectFolders)
    {
        var alternates = objectFolders[0] + "\n";
        try
        {
            var folder = Path.Combine(parent ?? Directory.CreateTempSubdirectory("rlm-git-").FullName, "git-" + ContentHash.Of(alternates.AsSpan()));
            foreach (var inner in (string[])["objects/info", "objects/pack", "refs/heads"]) Directory.CreateDirectory(Path.Combine(folder, inner));
            Write(Path.Combine(folder, "objects/info/alternates"), alternates);
            Write(Path.Combine(folder, "config"), Config);
            Write(Path.Combine(folder, "HEAD"), Head);
            return folder;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw HistoryFault.NotAvailable("there is no folder that can be written for what libgit2 needs", "Give a writable --cache DIR.");
        }
    }

    /// <summary>Deletes one in a temporary folder.</summary>
    public static void Delete(string folder)
    {
        try
        {
            Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A few hundred bytes in the folder for temporary files.
        }
    }

    private static void Write(string file, string text)
    {
        if (File.Exists(file) && File.ReadAllText(file) == text) return;
        var fresh = file + "." + Guid.NewGuid().ToString("n")[..8];
        File.WriteAllText(fresh, text);
        File.Move(fresh, file, overwrite: true);
    }
}
