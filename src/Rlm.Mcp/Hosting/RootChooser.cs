namespace Rlm.Mcp.Hosting;

/// <summary>What is known about the root before a client speaks.</summary>
/// <param name="Flag"><c>--root</c>, or the variable <c>RLM_MCP_ROOT</c>.</param>
/// <param name="ClientProject">The variable <c>CLAUDE_PROJECT_DIR</c>.</param>
/// <param name="StartFolder">Absolute path of the folder the process was started in.</param>
/// <param name="Home">The user's home folder, if there is one.</param>
/// <param name="AllowBroad"><c>--allow-broad-root</c>.</param>
internal sealed record RootRequest(string? Flag, string? ClientProject, string StartFolder, string? Home, bool AllowBroad);

/// <summary>
/// Picks the root: <c>--root</c>, else <c>CLAUDE_PROJECT_DIR</c>, else the start folder. Home and <c>/</c> are refused unless the operator
/// said otherwise: a server started in the wrong place must not read a whole account (CVE-2025-68143). Nothing inside a repository is looked at.
/// </summary>
/// <param name="realPath">The real path of an existing folder with all links resolved, else null.</param>
internal sealed class RootChooser(Func<string, string?> realPath)
{
    /// <summary>Over the real file system.</summary>
    public RootChooser() : this(RealPath.Of)
    {
    }

    /// <summary>The operator's choice.</summary>
    public RootDecision Choose(RootRequest request)
    {
        if (Given(request.Flag)) return Judge(request.Flag!, "the folder given as root", request);
        if (Given(request.ClientProject)) return Judge(request.ClientProject!, "the client's project folder", request);
        return Judge(request.StartFolder, "the start folder", request);
    }

    /// <summary>The first of the client's roots that is a local folder and not too broad; null when none is.</summary>
    public string? FromClient(IEnumerable<string> uris, RootRequest request) =>
        uris.Select(LocalPath).FirstOrDefault(path => path is not null && Judge(path, "", request).Folder is not null);

    private RootDecision Judge(string asked, string what, RootRequest request)
    {
        string full;
        try
        {
            full = Path.GetFullPath(asked, request.StartFolder);
        }
        catch (ArgumentException)
        {
            return new(null, $"{what} is not a path");
        }
        if (realPath(full) is not { } real) return new(null, $"{what} does not exist or is not a folder");
        if (request.AllowBroad) return new(full);
        if (real == Path.GetPathRoot(real)) return new(null, $"{what} is the top of the file system, which is too broad");
        if (Given(request.Home) && Same(real, realPath(request.Home!))) return new(null, $"{what} is your home folder, which is too broad");
        return new(full);
    }

    private static bool Given(string? value) => !string.IsNullOrWhiteSpace(value);

    private static bool Same(string left, string? right) =>
        string.Equals(left, right, OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);

    private static string? LocalPath(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.IsFile && (uri.Host.Length == 0 || uri.IsLoopback) ? new UriBuilder(uri) { Host = "" }.Uri.LocalPath : null;
}
