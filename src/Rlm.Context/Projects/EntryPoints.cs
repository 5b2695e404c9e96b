using Rlm.Context.Files;
using Rlm.Context.Scopes;
using Rlm.Context.Search;

namespace Rlm.Context.Projects;

/// <summary>Finds where programs start in their sources: <c>Main</c>, <c>main</c> packages, <c>__main__</c>, <c>src/main.rs</c>.</summary>
internal sealed class EntryPoints(ContextStore store, Snapshot snapshot, ProjectMap map, CancellationToken cancellationToken)
{
    private const int MaxOfProject = 5;

    private readonly Dictionary<RepoPath, List<string>> _found = [];

    /// <summary>The projects with what was found behind what their manifests say. Time: a search for each language.</summary>
    public List<Project> Add()
    {
        Search("csharp", @"\bstatic\b[^=;]*\bMain\s*\(", project => project.Kind != ProjectKinds.Library);
        Search("vb", @"\bSub\s+Main\b", project => project.Kind != ProjectKinds.Library);
        Search("fsharp", @"\[<\s*EntryPoint\s*>\]", _ => true);
        Search("go", @"^func main\(\)", _ => true);
        Search("java", @"\bstatic\s+(final\s+)?void\s+main\s*\(", project => project.Language is "java" or "kotlin");
        Search("kotlin", @"^(suspend\s+)?fun main\s*\(", project => project.Language is "java" or "kotlin");
        Search("python", @"^if\s+__name__\s*==", project => project.Language == "python");
        foreach (var file in snapshot.Files.Where(IsByName)) Note(file.Path, file.Path.Value, _ => true);
        return [.. map.Projects.Select(WithFound)];
    }

    // Top-level statements and Rust's places are known by their names.
    private bool IsByName(FileEntry file) => file.Path.Name switch
    {
        "Program.cs" => !_found.Values.Any(found => found.Exists(entry => entry.StartsWith(file.Path.Value + ":", StringComparison.Ordinal))) && map.OwnersOf(file.Path).Any(owner => owner is { Language: "csharp", Kind: ProjectKinds.Program } && owner.Folder == file.Path.Parent),
        "__main__.py" => true,
        "main.rs" => map.OwnersOf(file.Path).Any(owner => owner.Language == "rust" && file.Path.Parent == owner.Folder.Combine("src")),
        var name => name.EndsWith(".rs", StringComparison.Ordinal) && map.OwnersOf(file.Path).Any(owner => owner.Language == "rust" && file.Path.Parent == owner.Folder.Combine("src").Combine("bin")),
    };

    private void Search(string language, string pattern, Func<Project, bool> where)
    {
        var files = snapshot.Files.Where(file => file.Language == language && !file.IsLarge && map.OwnersOf(file.Path).Any(where)).ToArray();
        if (files.Length == 0) return;
        var query = new TextQuery(pattern, PatternKind.Regex, PatternCase.Sensitive);
        var search = LineSearch.Run(store, query, new Scope(files, null, null, default), null, cancellationToken);
        foreach (var path in search.Paths)
        {
            // What lies in a project that has enough is only counted.
            if (map.OwnersOf(path).Where(where).All(owner => _found.GetValueOrDefault(owner.Path)?.Count >= MaxOfProject)) Note(path, path.Value, where);
            else
                foreach (var line in LinesIn(path, query)) Note(path, $"{path.Value}:{line}", where);
        }
    }

    private IEnumerable<int> LinesIn(RepoPath path, TextQuery query)
    {
        try
        {
            var text = store.Open(path, cancellationToken);
            var lines = LineSearch.LinesOf(text, query, cancellationToken).Select(hit => hit.Line).ToList();
            if (text.Language != "csharp" || lines.Count == 0) return lines;
            // A test of a reader of programs holds programs as text.
            var declared = store.OutlineOf(text, cancellationToken).All.Where(symbol => symbol.Name == "Main").Select(symbol => symbol.NameLine).ToHashSet();
            return lines.Where(declared.Contains);
        }
        catch (ContextException)
        {
            return []; // deleted or replaced since the walk
        }
    }

    private void Note(RepoPath file, string entry, Func<Project, bool> where)
    {
        foreach (var owner in map.OwnersOf(file).Where(where))
        {
            if (!_found.TryGetValue(owner.Path, out var found)) _found[owner.Path] = found = [];
            found.Add(entry);
        }
    }

    private Project WithFound(Project project)
    {
        if (!_found.TryGetValue(project.Path, out var found)) return project;
        string[] shown = found.Count <= MaxOfProject ? [.. found.Order(StringComparer.Ordinal)] : [.. found.Take(MaxOfProject).Order(StringComparer.Ordinal), $"and {found.Count - MaxOfProject} more"];
        var isProgram = project.Kind == ProjectKinds.Library && project.Language is "go" or "rust";
        return project with { EntryPoints = [.. project.EntryPoints, .. shown], Kind = isProgram ? ProjectKinds.Program : project.Kind };
    }
}
