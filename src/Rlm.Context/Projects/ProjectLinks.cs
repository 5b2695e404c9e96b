using Rlm.Context.Files;
using Rlm.Context.Projects.Manifests;

namespace Rlm.Context.Projects;

/// <summary>Tells which of the things that a project uses are projects here, and which are packages.</summary>
internal sealed class ProjectLinks(ManifestIndex index, Manifest manifest, IReadOnlyList<Manifest> inherited)
{
    private readonly List<ProjectLink> _links = [];
    private readonly List<string> _packages = [];

    public (IReadOnlyList<ProjectLink> Links, IReadOnlyList<string> Packages) Resolve()
    {
        foreach (var part in (IEnumerable<Manifest>)[manifest, .. inherited]) AddOf(part);
        foreach (var part in index.Beside(manifest).Except(inherited)) AddOf(part);
        foreach (var project in manifest.Properties.Keys.Where(key => key.StartsWith("__project:", StringComparison.Ordinal)).Select(key => key["__project:".Length..])) AddGradle(project);
        if (manifest.Properties.GetValueOrDefault("__parent") is { } parent && index.Named(manifest, parent) is { } above) Add(parent, above);
        return (_links.DistinctBy(link => (link.Path, link.Name)).Where(link => link.Path != manifest.Path).ToArray(), _packages.Distinct(StringComparer.Ordinal).ToArray());
    }

    private void AddOf(Manifest part)
    {
        foreach (var path in part.Paths) AddPath(part, ManifestIndex.Substitute(path, manifest, inherited));
        foreach (var glob in part.Members)
            foreach (var member in index.Matching(part, glob).Where(member => !Excluded(part, member))) Add(glob, member);
        foreach (var (name, shown) in part.Names)
            if (index.Named(manifest, name) is { } project) Add(shown, project);
            else if (Workspace(name) is { } path && index.At(path.From, path.Path) is { } member) Add(name, member);
            else _packages.Add(WithVersion(name, shown));
    }

    private bool Excluded(Manifest part, Manifest member) => part.Members.Where(glob => glob.StartsWith('!')).Any(glob => index.Matching(part, glob[1..]).Contains(member));

    private void AddPath(Manifest part, string path)
    {
        if (path.AsSpan().ContainsAny('*', '?'))
        {
            foreach (var member in index.Matching(part, path)) Add(path, member);
            return;
        }
        if (index.At(part, path) is { } project) Add(path, project);
        else if (part.Ecosystem is "go" or "gradle" or "maven" or "python" or "cargo" or "node" && path is "." or "./") return;
        else _links.Add(new(path, null, path));
    }

    // :a:b is the folder a/b below the folder with the settings, which is above this one.
    private void AddGradle(string project)
    {
        var path = project.Trim(':').Replace(':', '/');
        for (var folder = manifest.Path.Parent; ; folder = folder.Parent)
        {
            if (index.At(new(folder.Combine("settings.gradle"), "gradle"), path) is { } found && found != manifest)
            {
                Add(project, found);
                return;
            }
            if (folder.IsRoot) break;
        }
        _links.Add(new(project, null, project));
    }

    private (Manifest From, string Path)? Workspace(string name) =>
        manifest.Ecosystem != "cargo" ? null
        : index.Projects.Where(project => project.Properties.ContainsKey("__path:" + name) && manifest.Path.Parent.IsWithin(project.Path.Parent)).Select(project => ((Manifest, string)?)(project, project.Properties["__path:" + name])).FirstOrDefault();

    // Versions may be managed in one place for all.
    private string WithVersion(string name, string shown) =>
        shown != name ? ManifestIndex.Substitute(shown, manifest, inherited)
        : inherited.Concat(manifest.Ecosystem == "cargo" ? index.Projects.Where(project => manifest.Path.Parent.IsWithin(project.Path.Parent)) : []).Select(part => part.Properties.GetValueOrDefault("__version:" + name)).FirstOrDefault(version => version is not null) is { } managed
            ? ManifestIndex.Substitute($"{name} {managed}", manifest, inherited) : name;

    private void Add(string text, Manifest project) => _links.Add(new(text, project.Path, project.Name ?? (project.Path.Parent.IsRoot ? "root" : project.Path.Parent.Name)));
}
