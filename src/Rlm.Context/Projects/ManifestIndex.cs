using System.Text.RegularExpressions;
using Rlm.Context.Files;
using Rlm.Context.Projects.Manifests;

namespace Rlm.Context.Projects;

/// <summary>Finds manifests by place and by name.</summary>
internal sealed partial class ManifestIndex
{
    private readonly Snapshot _snapshot;
    private readonly Dictionary<RepoPath, Manifest> _byPath;
    private readonly ILookup<RepoPath, Manifest> _byFolder, _sharedByFolder;
    private readonly ILookup<(string, string), Manifest> _byName;
    private readonly ILookup<string, Manifest> _byLowerPath;

    public ManifestIndex(Snapshot snapshot, IReadOnlyList<Manifest> manifests, IReadOnlyList<Manifest> projects)
    {
        _snapshot = snapshot;
        Projects = projects;
        _byPath = projects.ToDictionary(manifest => manifest.Path);
        _byFolder = projects.ToLookup(manifest => manifest.Path.Parent);
        _sharedByFolder = manifests.Where(manifest => !manifest.IsProject).ToLookup(manifest => manifest.Path.Parent);
        // A package of NuGet is another thing than a project of its name.
        _byName = projects.Where(manifest => manifest.Name is not null && manifest.Ecosystem != "dotnet").ToLookup(manifest => (manifest.Ecosystem, NameKey(manifest.Ecosystem, manifest.Name!)));
        _byLowerPath = projects.ToLookup(manifest => manifest.Path.Value.ToLowerInvariant());
    }

    public IReadOnlyList<Manifest> Projects { get; }

    /// <summary>The project at a path as a manifest writes it: its file, or a folder that has one of the same ecosystem. Null when there is none.</summary>
    public Manifest? At(Manifest from, string path)
    {
        if (!RepoPath.TryNormalize(Joined(from.Path.Parent, path), out var target)) return null;
        if (_byPath.TryGetValue(target, out var exact)) return exact;
        if (_byFolder[target].FirstOrDefault(manifest => manifest.Ecosystem == from.Ecosystem && manifest != from) is { } inFolder) return inFolder;
        // Written on a system that does not tell case apart.
        return from.Ecosystem == "dotnet" ? _byLowerPath[target.Value.ToLowerInvariant()].FirstOrDefault() : null;
    }

    /// <summary>The project that a name means; null when it is a package from elsewhere.</summary>
    public Manifest? Named(Manifest from, string name) => _byName[(from.Ecosystem, NameKey(from.Ecosystem, name))].FirstOrDefault(manifest => manifest != from);

    /// <summary>Projects whose folders match a glob below a manifest's folder.</summary>
    public IEnumerable<Manifest> Matching(Manifest from, string glob)
    {
        var isOut = glob.StartsWith('!');
        if (isOut || !RepoPath.TryNormalize(Joined(from.Path.Parent, glob.TrimEnd('/')), out var pattern)) return [];
        var matches = Scopes.GlobPattern.Compile("/" + pattern.Value);
        return Projects.Where(manifest => manifest.Ecosystem == from.Ecosystem && manifest != from && manifest.Path.Parent != from.Path.Parent && matches.IncludesFolder(manifest.Path.Parent));
    }

    /// <summary>The files whose properties and packages hold for a .NET project, nearest first.</summary>
    public IReadOnlyList<Manifest> SharedAbove(Manifest manifest)
    {
        var found = new List<Manifest>(_sharedByFolder[manifest.Path.Parent].Where(shared => shared.Path.Name == "packages.config"));
        foreach (var name in (ReadOnlySpan<string>)["Directory.Build.props", "Directory.Packages.props"])
            for (var folder = manifest.Path.Parent; ; folder = folder.Parent)
            {
                if (_sharedByFolder[folder].FirstOrDefault(shared => shared.Path.Name == name) is { } shared)
                {
                    found.Add(shared);
                    if (!shared.Properties.ContainsKey("__goes_on")) break;
                }
                if (folder.IsRoot) break;
            }
        return found;
    }

    /// <summary>Files of the same folder that only add to a project.</summary>
    public IEnumerable<Manifest> Beside(Manifest manifest) => _sharedByFolder[manifest.Path.Parent].Where(shared => shared.Ecosystem == manifest.Ecosystem && shared != manifest);

    /// <summary>The project itself with what it inherits, its own words first.</summary>
    public static Manifest Effective(Manifest manifest, IReadOnlyList<Manifest> inherited)
    {
        var whole = new Manifest(manifest.Path, manifest.Ecosystem) { Name = manifest.Name };
        foreach (var part in (IEnumerable<Manifest>)[manifest, .. inherited])
        {
            whole.Names.AddRange(part.Names);
            foreach (var (name, value) in part.Properties) whole.Properties.TryAdd(name, Substitute(value, manifest, inherited));
        }
        return whole;
    }

    /// <summary>A text with the properties that are known put in for <c>$(Name)</c>; others stay as written.</summary>
    public static string Substitute(string text, Manifest manifest, IReadOnlyList<Manifest> inherited)
    {
        // Properties may stand for properties; a circle ends with the steps.
        for (var step = 0; step < 4 && text.Contains("$(", StringComparison.Ordinal) && text.Length < 4_096; step++)
            text = Property().Replace(text, match => Value(match.Groups[1].Value, manifest, inherited) ?? match.Value);
        return text;
    }

    private static string? Value(string name, Manifest manifest, IReadOnlyList<Manifest> inherited)
    {
        if (name is "MSBuildThisFileDirectory" or "MSBuildProjectDirectory") return "./";
        foreach (var part in (IEnumerable<Manifest>)[manifest, .. inherited])
        {
            if (part.Properties.GetValueOrDefault(name) is { } value) return value;
            if (name is "TargetFramework" or "TargetFrameworks" && part.Targets.Count > 0) return string.Join(';', part.Targets);
        }
        return null;
    }

    private static string Joined(RepoPath folder, string path) => path.StartsWith('/') ? path : folder.IsRoot ? path : $"{folder.Value}/{path}";

    private static string NameKey(string ecosystem, string name) => ecosystem == "python" ? PythonManifest.Normalize(name) : name;

    [GeneratedRegex(@"\$\(([A-Za-z_][\w.-]{0,100})\)")]
    private static partial Regex Property();
}
