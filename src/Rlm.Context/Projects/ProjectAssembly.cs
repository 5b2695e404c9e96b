using Rlm.Context.Files;
using Rlm.Context.Projects.Manifests;
using Rlm.Context.Relations;

namespace Rlm.Context.Projects;

/// <summary>Lays the manifests of a snapshot beside each other: who inherits from whom, which names are projects here, whose files are whose.</summary>
internal sealed class ProjectAssembly
{
    private readonly ContextStore _store;
    private readonly Snapshot _snapshot;
    private readonly IReadOnlyList<Manifest> _manifests;
    private readonly List<Manifest> _projects;
    private readonly ManifestIndex _index;
    private readonly CancellationToken _cancellationToken;

    public ProjectAssembly(ContextStore store, Snapshot snapshot, IReadOnlyList<Manifest> manifests, CancellationToken cancellationToken)
    {
        (_store, _snapshot, _manifests, _cancellationToken) = (store, snapshot, manifests, cancellationToken);
        _projects = Chosen(manifests);
        _index = new(snapshot, manifests, _projects);
    }

    public ProjectMap Assemble()
    {
        var projects = _projects.Select(ToProject).OrderBy(project => project.Path).ToList();
        var broken = _manifests.Where(manifest => manifest.Problem is not null).Select(manifest => new BrokenManifest(manifest.Path, manifest.Problem!)).OrderBy(item => item.Path).ToArray();
        projects = WithFiles(projects, broken);
        projects = new EntryPoints(_store, _snapshot, new(projects, broken), _cancellationToken).Add();
        return new(projects, broken) { Cycles = ProjectCycles.Of(projects) };
    }

    // One project of Python in a folder may have several files: the first of these speaks, the others add to it.
    private static List<Manifest> Chosen(IReadOnlyList<Manifest> manifests)
    {
        var chosen = manifests.Where(manifest => manifest.IsProject && manifest.Ecosystem.Length > 0 && (manifest.Problem is null || manifest.Name is not null)).ToList();
        foreach (var folder in chosen.Where(manifest => manifest.Ecosystem == "python").GroupBy(manifest => manifest.Path.Parent).ToArray())
        {
            var ordered = folder.OrderBy(manifest => manifest.Path.Name switch { "pyproject.toml" => 0, "setup.cfg" => 1, _ => 2 }).ToArray();
            foreach (var other in ordered[1..])
            {
                ordered[0].Name ??= other.Name;
                if (ordered[0].Names.Count == 0) ordered[0].Names.AddRange(other.Names);
                if (ordered[0].EntryPoints.Count == 0 && other.EntryPoints.Count > 0)
                {
                    ordered[0].EntryPoints.AddRange(other.EntryPoints);
                    ordered[0].Kind = ProjectKinds.Program;
                }
                chosen.Remove(other);
            }
        }
        // Requirements alone make a folder a project.
        var folders = chosen.Where(manifest => manifest.Ecosystem == "python").Select(manifest => manifest.Path.Parent).ToHashSet();
        foreach (var requirements in manifests.Where(IsRequirements).GroupBy(manifest => manifest.Path.Parent).Where(group => !folders.Contains(group.Key))) chosen.Add(requirements.OrderBy(manifest => manifest.Path).First());
        return chosen;
    }

    private static bool IsRequirements(Manifest manifest) => manifest.Path.Name.StartsWith("requirements", StringComparison.Ordinal) && manifest.Problem is null;

    private Project ToProject(Manifest manifest)
    {
        var inherited = manifest.Ecosystem == "dotnet" && manifest.Kind != ProjectKinds.Solution ? _index.SharedAbove(manifest) : [];
        var kind = manifest.Ecosystem == "dotnet" && manifest.Kind != ProjectKinds.Solution ? DotNetManifest.KindOf(ManifestIndex.Effective(manifest, inherited)) : manifest.Kind;
        var targets = manifest.Targets.Count > 0 ? manifest.Targets : inherited.Select(shared => shared.Targets).FirstOrDefault(found => found.Count > 0) ?? [];
        var (links, packages) = new ProjectLinks(_index, manifest, inherited).Resolve();
        return new(manifest.Name ?? (manifest.Path.Parent.IsRoot ? "root" : manifest.Path.Parent.Name), manifest.Path, manifest.Language, kind)
        {
            Targets = [.. targets.Where(target => target is not ("$(TargetFrameworks)" or "$(TargetFramework)")).SelectMany(target => ManifestIndex.Substitute(target, manifest, inherited).Split(';', StringSplitOptions.RemoveEmptyEntries)).Distinct()], References = links, Packages = packages, EntryPoints = [.. manifest.EntryPoints.Distinct()],
        };
    }

    private List<Project> WithFiles(List<Project> projects, IReadOnlyList<BrokenManifest> broken)
    {
        var map = new ProjectMap(projects, broken);
        var counts = new Dictionary<RepoPath, (int Files, int Tests)>();
        var owners = new Dictionary<RepoPath, RepoPath[]>();
        foreach (var file in _snapshot.Files)
        {
            if (!owners.TryGetValue(file.Path.Parent, out var paths)) owners[file.Path.Parent] = paths = [.. map.OwnersOf(file.Path).Select(project => project.Path)];
            var isTest = paths.Length > 0 && TestNames.IsTestPath(file.Path);
            foreach (var path in paths)
            {
                var before = counts.GetValueOrDefault(path);
                counts[path] = (before.Files + 1, before.Tests + (isTest ? 1 : 0));
            }
        }
        return [.. projects.Select(project => counts.GetValueOrDefault(project.Path) is var count ? project with { Files = count.Files, TestFiles = count.Tests } : project)];
    }
}
