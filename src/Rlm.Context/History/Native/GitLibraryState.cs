namespace Rlm.Context.History.Native;

/// <summary>Which libgit2 there is.</summary>
/// <param name="Path">Where it was loaded from; null when there is none.</param>
/// <param name="Version">Such as <c>1.5.1</c>; null when none was loaded.</param>
/// <param name="Missing">Why it cannot be used, without a final stop; null when it can.</param>
public sealed record GitLibraryState(string? Path, string? Version, string? Missing)
{
    /// <summary>True when history can be asked.</summary>
    public bool IsUsable => Missing is null;

    /// <summary>What to do where it is missing, as a command for the system at hand.</summary>
    public static string Mend { get; } =
        OperatingSystem.IsLinux() ? "install libgit2 1.5 (Debian 12: apt-get install libgit2-1.5), or build where the package LibGit2Sharp.NativeBinaries can be had"
        : "build where the package LibGit2Sharp.NativeBinaries can be had (./rlm tries it)";
}
