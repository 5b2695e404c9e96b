namespace Rlm.Context.Files;

/// <summary>The errors about paths, worded once.</summary>
internal static class PathErrors
{
    public static ContextException Secret(RepoPath path) =>
        new(ContextFault.SecretFile, $"asked {Shown(path)}, which is on the list of secret files", "Only the operator can open it, with --allow-secret.");

    public static ContextException Outside(RepoPath path) =>
        new(ContextFault.OutsideRoot, $"asked {Shown(path)}, a link that leads outside the root", "Ask for a file inside the root.");

    /// <summary>Names up to three paths that the caller may have meant: same file name first, then the nearest by spelling.</summary>
    public static ContextException Unknown(RepoPath path, Snapshot snapshot)
    {
        var near = new List<string>();
        foreach (var file in snapshot.Files)
            if (near.Count < 3 && string.Equals(file.Path.Name, path.Name, StringComparison.OrdinalIgnoreCase)) near.Add(file.Path.Value);
        if (near.Count < 3) near.AddRange(NearNames.Of(path.Value, Candidates(path, snapshot), 3 - near.Count));
        return new(ContextFault.UnknownPath, $"asked {Shown(path)}, which is not in the repository", "map() lists what is there.", [.. near.Distinct().Take(3)]);
    }

    private static IEnumerable<string> Candidates(RepoPath path, Snapshot snapshot)
    {
        var folders = new HashSet<RepoPath>();
        var length = path.Value.Length;
        foreach (var file in snapshot.Files)
        {
            if (Math.Abs(file.Path.Value.Length - length) <= length / 3 + 2) yield return file.Path.Value;
            for (var folder = file.Path.Parent; !folder.IsRoot && folders.Add(folder); folder = folder.Parent) yield return folder.Value;
        }
    }

    private static string Shown(RepoPath path) => NameEscaping.Escape(path.Value);
}
