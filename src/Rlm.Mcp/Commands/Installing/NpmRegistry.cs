namespace Rlm.Mcp.Commands.Installing;

/// <summary>Where packages of npm come from: what the user told npm, else the public registry. Of npm's settings only the registries are read, no names and no keys.</summary>
/// <param name="Address">Ends in a slash.</param>
/// <param name="Source">For people.</param>
internal sealed record NpmRegistry(Uri Address, string Source)
{
    private const string Public = "https://registry.npmjs.org/";

    /// <summary>The registry for a package.</summary>
    /// <param name="package">With its scope: <c>@ast-grep/cli-linux-x64-gnu</c>.</param>
    /// <param name="variable">The environment.</param>
    /// <param name="home">The user's home folder; null for none.</param>
    public static NpmRegistry For(string package, Func<string, string?> variable, string? home)
    {
        var file = home is null ? null : Path.Combine(home, ".npmrc");
        var lines = file is not null && File.Exists(file) ? Lines(file) : [];
        var scope = package[..package.IndexOf('/', StringComparison.Ordinal)];
        return Of(Value(lines, scope + ":registry"), file) ?? Of(variable("npm_config_registry"), "npm_config_registry") ?? Of(variable("NPM_CONFIG_REGISTRY"), "NPM_CONFIG_REGISTRY")
            ?? Of(Value(lines, "registry"), file) ?? new(new(Public), "npm's public registry");
    }

    /// <summary>The archive of a version of a package, by npm's convention.</summary>
    public Uri Archive(string package, string version) => new(Address, $"{package}/-/{package[(package.IndexOf('/', StringComparison.Ordinal) + 1)..]}-{version}.tgz");

    private static NpmRegistry? Of(string? address, string? source) =>
        Uri.TryCreate(address?.Trim().TrimEnd('/') + "/", UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" ? new(uri, source!) : null;

    private static string? Value(IEnumerable<string> lines, string key)
    {
        foreach (var line in lines)
            if (line.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals && line[..equals].Trim() == key) return line[(equals + 1)..].Trim().Trim('"');
        return null;
    }

    private static string[] Lines(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
