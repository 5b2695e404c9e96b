namespace Rlm.Mcp.Commands;

/// <summary>Where a user's own files belong on this system. Each is null when the environment names no home.</summary>
internal sealed class UserFolders(Func<string, string?> variable)
{
    /// <summary>Value of an environment variable, or null.</summary>
    public string? Variable(string name) => variable(name);

    public string? Home => Absolute(variable(OperatingSystem.IsWindows() ? "USERPROFILE" : "HOME"));

    /// <summary><c>~/.config/rlm-mcp/config.json</c> (XDG) or <c>%APPDATA%\rlm-mcp\config.json</c>.</summary>
    public string? ConfigFile => Below(OperatingSystem.IsWindows() ? variable("APPDATA") : variable("XDG_CONFIG_HOME"), ".config", "config.json");

    /// <summary><c>~/.cache/rlm-mcp</c> (XDG), <c>~/Library/Caches/rlm-mcp</c> or <c>%LOCALAPPDATA%\rlm-mcp</c>.</summary>
    public string? Cache => Below(
        OperatingSystem.IsWindows() ? variable("LOCALAPPDATA") : variable("XDG_CACHE_HOME"),
        OperatingSystem.IsMacOS() ? Path.Combine("Library", "Caches") : ".cache", "");

    /// <summary>Where packages of .NET lie that were restored before; only looked at.</summary>
    public string? Packages => Absolute(variable("NUGET_PACKAGES")) ?? (Home is { } home ? Path.Combine(home, ".nuget", "packages") : null);

    /// <summary>Programs that outline other languages: <c>~/.local/share/rlm-mcp/providers</c> (XDG), <c>~/Library/Application Support/rlm-mcp/providers</c> or <c>%LOCALAPPDATA%\rlm-mcp\providers</c>.</summary>
    public string? Providers => Below(
        OperatingSystem.IsWindows() ? variable("LOCALAPPDATA") : variable("XDG_DATA_HOME"),
        OperatingSystem.IsMacOS() ? Path.Combine("Library", "Application Support") : Path.Combine(".local", "share"), "providers");

    private string? Below(string? chosen, string inHome, string file)
    {
        var folder = Absolute(chosen) ?? (Home is { } home ? Path.Combine(home, inHome) : null);
        return folder is null ? null : Path.Combine(folder, "rlm-mcp", file).TrimEnd(Path.DirectorySeparatorChar);
    }

    // The XDG specification: relative values are to be ignored.
    private static string? Absolute(string? folder) => Path.IsPathFullyQualified(folder ?? "") ? folder : null;
}
