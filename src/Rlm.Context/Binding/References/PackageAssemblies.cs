using System.Collections.Concurrent;
using Rlm.Context.Binding.Projects;

namespace Rlm.Context.Binding.References;

/// <summary>
/// The assemblies of packages that lie in a package folder already, with what these depend on, chosen for a framework as NuGet does (nearest compatible folder of <c>ref</c>,
/// else of <c>lib</c>). Nothing is fetched. Safe to use from many threads.
/// </summary>
internal sealed class PackageAssemblies(IReadOnlyList<string> folders)
{
    private const int MaxPackages = 2_000;

    private readonly ConcurrentDictionary<(string Id, string Version), string?> _places = new();
    private readonly ConcurrentDictionary<string, IReadOnlyList<(TargetFramework? Framework, PackageUse Package)>> _dependencies = new();

    /// <summary>Paths of assemblies; of the packages those that are not here are told, of those that come along with other projects not.</summary>
    public IReadOnlyList<string> Of(IEnumerable<PackageUse> packages, IEnumerable<PackageUse> inherited, TargetFramework framework, ICollection<string> missing)
    {
        var chosen = new Dictionary<string, (Version Version, string Place)>(StringComparer.OrdinalIgnoreCase);
        var ahead = new Queue<(PackageUse Package, bool IsDirect)>(packages.Select(package => (package, true)).Concat(inherited.Select(package => (package, false))));
        for (var looked = 0; looked < MaxPackages && ahead.TryDequeue(out var next); looked++)
        {
            if (PlaceOf(next.Package) is not { } place)
            {
                if (next.IsDirect) missing.Add(next.Package.Version.Length > 0 ? $"{next.Package.Id} {next.Package.Version}" : next.Package.Id);
                continue;
            }
            var version = AssemblyFolders.VersionOf(place) ?? new();
            if (chosen.TryGetValue(next.Package.Id, out var known) && known.Version >= version) continue;
            chosen[next.Package.Id] = (version, place);
            foreach (var dependency in DependenciesOf(place, framework)) ahead.Enqueue((dependency, false));
        }
        return [.. chosen.OrderBy(one => one.Key, StringComparer.OrdinalIgnoreCase).SelectMany(one => AssembliesOf(one.Value.Place, framework))];
    }

    // The version that is asked for, else the nearest above it.
    private string? PlaceOf(PackageUse package) => _places.GetOrAdd((package.Id.ToLowerInvariant(), package.Version), key =>
    {
        if (key.Id.Length == 0 || key.Id.AsSpan().ContainsAny('/', '\\', '\0') || key.Id is "." or "..") return null;
        var versions = folders.SelectMany(folder => AssemblyFolders.Folders(Path.Combine(folder, key.Id))).ToArray();
        if (Array.Find(versions, folder => Path.GetFileName(folder).Equals(key.Version, StringComparison.OrdinalIgnoreCase)) is { } exact) return exact;
        var wanted = AssemblyFolders.VersionOf(key.Version.Replace('*', '0')) ?? new();
        return versions.Where(folder => AssemblyFolders.VersionOf(folder) >= wanted).MinBy(folder => AssemblyFolders.VersionOf(folder));
    });

    private IEnumerable<PackageUse> DependenciesOf(string place, TargetFramework framework)
    {
        var all = _dependencies.GetOrAdd(place, ReadDependencies);
        var groups = all.Select(one => one.Framework).Where(one => one is not null).Distinct().ToArray();
        var best = Nearest(groups!, framework);
        return all.Where(one => one.Framework is null || one.Framework == best).Select(one => one.Package);
    }

    private static IReadOnlyList<(TargetFramework?, PackageUse)> ReadDependencies(string place)
    {
        if (AssemblyFolders.Files(place, "*.nuspec") is not [var file, ..] || AssemblyFolders.Text(file) is not { } text || ProjectXml.Parse(text, out _) is not { } root) return [];
        return [.. root.Descendants().Where(element => element.Name.LocalName == "dependency").Take(500).Select(element =>
            (element.Parent?.Name.LocalName == "group" && element.Parent.Attribute("targetFramework")?.Value is { } framework ? TargetFramework.Parse(Short(framework)) : null,
             new PackageUse(element.Attribute("id")?.Value ?? "", (element.Attribute("version")?.Value ?? "").Trim('[', ']', '(', ')').Split(',')[0].Trim())))];
    }

    private static IReadOnlyList<string> AssembliesOf(string place, TargetFramework framework)
    {
        foreach (var kind in new[] { "ref", "lib" })
        {
            var folders = AssemblyFolders.Folders(Path.Combine(place, kind)).ToDictionary(folder => TargetFramework.Parse(Path.GetFileName(folder)));
            if (Nearest(folders.Keys, framework) is { } best) return AssemblyFolders.Files(folders[best], "*.dll");
        }
        return [];
    }

    private static TargetFramework? Nearest(IEnumerable<TargetFramework> all, TargetFramework framework) =>
        all.Where(framework.Takes).OrderBy(one => one.Family == framework.Family ? 0 : 1).ThenByDescending(one => one.Family).ThenByDescending(one => one.Version).FirstOrDefault();

    // ".NETStandard2.0" and ".NETFramework4.6.2" as older packages write it.
    private static string Short(string framework)
    {
        foreach (var (name, prefix) in new[] { (".NETStandard", "netstandard"), (".NETCoreApp", "netcoreapp"), (".NETFramework", "net") })
            if (framework.StartsWith(name, StringComparison.OrdinalIgnoreCase)) return prefix + (prefix == "net" ? framework[name.Length..].Replace(".", "", StringComparison.Ordinal) : framework[name.Length..]);
        return framework;
    }
}
