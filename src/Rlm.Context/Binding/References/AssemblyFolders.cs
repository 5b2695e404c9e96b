using System.Runtime.InteropServices;

namespace Rlm.Context.Binding.References;

/// <summary>The folders outside the repository that hold assemblies: those of the .NET that runs here, and package folders that the operator's tools filled. Only looked at.</summary>
internal static class AssemblyFolders
{
    // <root>/shared/Microsoft.NETCore.App/10.0.1/
    private static readonly string? Root = Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(RuntimeEnvironment.GetRuntimeDirectory().TrimEnd(Path.DirectorySeparatorChar))));

    /// <summary>Reference assemblies of a pack (<c>Microsoft.NETCore.App.Ref</c>) for a major version, by version then; the folder, or null.</summary>
    public static string? ReferencePack(string name, int major) => Root is null ? null
        : Newest(Folders(Path.Combine(Root, "packs", name)).Where(folder => VersionOf(folder)?.Major == major)) is { } pack ? Folders(Path.Combine(pack, "ref")).OrderDescending(StringComparer.Ordinal).FirstOrDefault() : null;

    /// <summary>The assemblies that programs run on (<c>Microsoft.NETCore.App</c>), of the very .NET that runs here; null when there are none.</summary>
    public static string? SharedFramework(string name) => Root is null ? null : Newest(Folders(Path.Combine(Root, "shared", name)).Where(folder => VersionOf(folder)?.Major == Environment.Version.Major));

    /// <summary>Folders in a folder; none when it cannot be listed.</summary>
    public static IReadOnlyList<string> Folders(string folder)
    {
        try
        {
            return Directory.Exists(folder) ? Directory.GetDirectories(folder) : [];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Files with an ending in a folder; none when it cannot be listed.</summary>
    public static IReadOnlyList<string> Files(string folder, string pattern)
    {
        try
        {
            return Directory.Exists(folder) ? [.. Directory.GetFiles(folder, pattern).Order(StringComparer.Ordinal)] : [];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>A short text; null when it cannot be read.</summary>
    public static string? Text(string path)
    {
        try
        {
            return new FileInfo(path) is { Exists: true, Length: < 1 << 20 } ? File.ReadAllText(path) : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The version that a folder is named by; null when it is none.</summary>
    public static Version? VersionOf(string folder)
    {
        var name = Path.GetFileName(folder);
        var dash = name.AsSpan().IndexOfAny('-', '+');
        return Version.TryParse(dash < 0 ? name : name[..dash], out var version) ? version : null;
    }

    private static string? Newest(IEnumerable<string> folders) => folders.MaxBy(folder => VersionOf(folder) ?? new());
}
