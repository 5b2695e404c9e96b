using LibGit2Sharp;

namespace Rlm.Context.History.Native;

/// <summary>What libgit2 is told once, before its first use.</summary>
internal static class GitSettings
{
    private static readonly Lazy<bool> Applied = new(() =>
    {
        // No configuration or attributes of the system or the user: neither is the repository's business, and both may name files anywhere.
        foreach (var level in (ConfigurationLevel[])[ConfigurationLevel.Global, ConfigurationLevel.Xdg, ConfigurationLevel.System, ConfigurationLevel.ProgramData])
            GlobalSettings.SetConfigSearchPaths(level, "");
        return true;
    });

    /// <summary>Tells it, the first time.</summary>
    public static void Apply() => _ = Applied.Value;
}
