using Rlm.Context.Outlines;
using Rlm.Context.Outlines.AstGrep;

namespace Rlm.Context.Tests.Outlines.AstGrep;

/// <summary>The ast-grep that <c>./rlm test</c> has fetched into the user's data folder; tests that need it are skipped where it could not be had.</summary>
internal static class Installed
{
    /// <summary>Where it is kept, as the program itself decides.</summary>
    public static string? Folder { get; } = Find();

    public static AstGrepProgram Program
    {
        get
        {
            var program = AstGrepProgram.Find(Folder);
            Assert.SkipUnless(program is not null && program.IsGenuine(), $"ast-grep {AstGrepRelease.Version} is not installed; rlm-mcp doctor --install fetches it");
            return program!;
        }
    }

    /// <summary>The providers with it alone.</summary>
    public static OutlineProviders Providers => new([new AstGrepOutliner(Program)]);

    private static string? Find()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var folder = OperatingSystem.IsWindows() ? Environment.GetEnvironmentVariable("LOCALAPPDATA")
            : Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } data ? data
            : home.Length == 0 ? null : OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Application Support") : Path.Combine(home, ".local", "share");
        return folder is null ? null : Path.Combine(folder, "rlm-mcp", "providers");
    }
}
