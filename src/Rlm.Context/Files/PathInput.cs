namespace Rlm.Context.Files;

/// <summary>Turns what a caller wrote for a path into a <see cref="RepoPath"/>: escapes, a trailing slash, and absolute paths inside the root are accepted.</summary>
internal sealed class PathInput(string rootFullPath)
{
    /// <exception cref="ContextException">It leads outside the root, or into git's own data.</exception>
    public RepoPath Normalize(string text)
    {
        var written = NameEscaping.Unescape(text);
        if (OperatingSystem.IsWindows()) written = written.Replace('\\', '/');
        if (written.StartsWith("./", StringComparison.Ordinal)) written = written[2..];
        if (Path.IsPathRooted(written)) written = InsideRoot(written) ?? throw Outside(text);
        if (!RepoPath.TryNormalize(written, out var path)) throw Outside(text);
        if (path.Value.Split('/').Contains(".git")) throw new ContextException(ContextFault.UnknownPath, $"asked {Shown(text)}, which is git's own data and no part of the context", "Ask for a file of the work tree.");
        return path;
    }

    private string? InsideRoot(string absolute)
    {
        var root = rootFullPath.Replace('\\', '/').TrimEnd('/');
        if (absolute == root) return "";
        return absolute.StartsWith(root + "/", StringComparison.Ordinal) ? absolute[(root.Length + 1)..] : null;
    }

    private static ContextException Outside(string text) =>
        new(ContextFault.OutsideRoot, $"asked {Shown(text)}, which is outside the root", "Give a path relative to the root, such as src/Program.cs.");

    private static string Shown(string text) => NameEscaping.Escape(text.Length > 200 ? text[..200] + "…" : text);
}
