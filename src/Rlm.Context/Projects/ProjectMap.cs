using Rlm.Context.Files;

namespace Rlm.Context.Projects;

/// <summary>All projects of one snapshot.</summary>
/// <param name="Projects">By path.</param>
/// <param name="Broken">Files that could not be read, by path.</param>
public sealed record ProjectMap(IReadOnlyList<Project> Projects, IReadOnlyList<BrokenManifest> Broken)
{
    private readonly ILookup<RepoPath, Project> _byFolder = Projects.Where(project => project.OwnsFiles).ToLookup(project => project.Folder);
    private readonly ILookup<RepoPath, Project> _byPath = Projects.ToLookup(project => project.Path);

    /// <summary>Lists of projects that use each other in a circle, each by path.</summary>
    public IReadOnlyList<IReadOnlyList<Project>> Cycles { get; init; } = [];

    /// <summary>The projects of a name, or with a file of that path.</summary>
    public IReadOnlyList<Project> Named(string name) =>
        [.. Projects.Where(project => project.Name == name || project.Path.Value == name || System.IO.Path.GetFileNameWithoutExtension(project.Path.Name) == name)];

    /// <summary>The projects that a file belongs to: those of the nearest folder above it that has any; several may share a folder.</summary>
    public IEnumerable<Project> OwnersOf(RepoPath file)
    {
        for (var folder = file.Parent; ; folder = folder.Parent)
            if (_byFolder.Contains(folder)) return _byFolder[folder];
            else if (folder.IsRoot) return [];
    }

    /// <summary>The folders that projects own, those of the projects that a solution or workspace gathers included.</summary>
    public IReadOnlySet<RepoPath> FoldersOf(IEnumerable<Project> projects)
    {
        var folders = new HashSet<RepoPath>();
        var seen = new HashSet<RepoPath>();
        var ahead = new Stack<Project>(projects);
        while (ahead.TryPop(out var project))
        {
            if (!seen.Add(project.Path)) continue;
            if (project.OwnsFiles) folders.Add(project.Folder);
            else
                foreach (var member in project.References.Where(link => link.Path is not null).SelectMany(link => _byPath[link.Path!.Value])) ahead.Push(member);
        }
        return folders;
    }
}
