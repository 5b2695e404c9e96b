using System.Text.Json;
using System.Text.RegularExpressions;

namespace Rlm.Mcp.Commands;

/// <summary>Finds other programs on the PATH and tells their version without starting them.</summary>
internal static partial class ProgramFinder
{
    /// <summary>Absolute path of the first executable of that name, or null. Relative entries of the PATH are not searched: they may lie in the repository.</summary>
    public static string? Find(string program, Func<string, string?> variable)
    {
        string[] endings = OperatingSystem.IsWindows() ? [".exe", ".cmd", ".bat"] : [""];
        return (variable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathFullyQualified)
            .SelectMany(folder => endings.Select(ending => Path.Combine(folder, program + ending)))
            .FirstOrDefault(IsExecutable);
    }

    /// <summary>
    /// The version as the installation shows it, or null: from the npm package around the real file, else from a version in its resolved path
    /// (<c>…/versions/2.1.3</c>).
    /// </summary>
    public static string? VersionOf(string path)
    {
        var real = PathTools.Real(path);
        for (var folder = Path.GetDirectoryName(real); folder is not null && !folder.EndsWith("node_modules", StringComparison.Ordinal); folder = Path.GetDirectoryName(folder))
            if (PackageVersion(Path.Combine(folder, "package.json")) is { } version) return version;
        return VersionPattern().Matches(real) is { Count: > 0 } matches ? matches[^1].Value : null;
    }

    private static string? PackageVersion(string file)
    {
        try
        {
            if (!File.Exists(file)) return null;
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            return document.RootElement.TryGetProperty("version", out var version) ? version.GetString() : null;
        }
        catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return null;
        }
    }

    private static bool IsExecutable(string file)
    {
        if (!File.Exists(file)) return false;
        return OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;
    }

    [GeneratedRegex(@"(?<![\w.])\d+\.\d+\.\d+[\w.-]*(?=$|[/\\])")]
    private static partial Regex VersionPattern();
}
