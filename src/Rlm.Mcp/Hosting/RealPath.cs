namespace Rlm.Mcp.Hosting;

/// <summary>Resolves links in the path of a folder.</summary>
internal static class RealPath
{
    private const int MaxLinks = 40; // as the Linux kernel

    /// <summary>The path with every link resolved and without a closing separator, or null when it is no folder.</summary>
    public static string? Of(string fullPath)
    {
        try
        {
            return Directory.Exists(fullPath) ? Resolve(Path.GetFullPath(fullPath)) : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    private static string? Resolve(string path)
    {
        for (var links = 0; links <= MaxLinks; links++)
        {
            if (FirstLink(path) is not { } link) return Path.TrimEndingDirectorySeparator(path);
            var rest = Path.GetRelativePath(link.Path, path);
            path = rest == "." ? link.Target : Path.GetFullPath(Path.Combine(link.Target, rest));
        }
        return null;
    }

    private static (string Path, string Target)? FirstLink(string path)
    {
        var top = Path.GetPathRoot(path)!;
        var walked = top;
        foreach (var part in path[top.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            walked = Path.Combine(walked, part);
            if (new DirectoryInfo(walked).LinkTarget is { } target)
                return (walked, Path.GetFullPath(Path.Combine(Path.GetDirectoryName(walked)!, target)));
        }
        return null;
    }
}
