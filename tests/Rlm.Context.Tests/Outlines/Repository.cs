using System.Runtime.CompilerServices;

namespace Rlm.Context.Tests.Outlines;

/// <summary>Where this repository's own files are.</summary>
internal static class Repository
{
    /// <summary>The folder of the solution file.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(FolderOf(), "..", "..", ".."));

    /// <summary>Input and expected output of case tests.</summary>
    public static string Cases { get; } = Path.Combine(Root, "tests", "Rlm.Context.Tests", "Cases");

    private static string FolderOf([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
