namespace Rlm.Mcp.Commands;

/// <summary>Paths as the operator writes them.</summary>
internal static class PathTools
{
    /// <summary>The absolute form of a path that may be relative to a folder or start with <c>~/</c>.</summary>
    /// <exception cref="UsageException">It holds a NUL.</exception>
    public static string Absolute(string path, string folder, string? home)
    {
        if (path.Contains('\0', StringComparison.Ordinal)) throw new UsageException("A path cannot hold a NUL character.");
        if (home is not null && (path == "~" || path.StartsWith("~/", StringComparison.Ordinal))) path = Path.Combine(home, path.Length > 2 ? path[2..] : "");
        return Path.TrimEndingDirectorySeparator(Path.GetFullPath(path, folder));
    }

    /// <summary>True when a path is the folder or lies in it, by components, links of existing folders on the way resolved.</summary>
    public static bool IsBelow(string path, string folder)
    {
        var relative = Path.GetRelativePath(Real(folder), Real(path));
        return relative != ".." && !relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal) && !Path.IsPathRooted(relative);
    }

    /// <summary>The path with every link on the way resolved, as far as it exists.</summary>
    public static string Real(string path)
    {
        var parent = Path.GetDirectoryName(path);
        if (parent is null) return path;
        var here = Path.Combine(Real(parent), Path.GetFileName(path));
        try
        {
            FileSystemInfo info = Directory.Exists(here) ? new DirectoryInfo(here) : new FileInfo(here);
            return info.LinkTarget is null ? here : info.ResolveLinkTarget(returnFinalTarget: true) is { } target ? Real(target.FullName) : here;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return here; // a loop of links, or no right to look: the path itself is all there is to say
        }
    }
}
