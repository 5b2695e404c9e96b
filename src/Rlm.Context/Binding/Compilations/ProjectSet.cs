using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CSharp;
using Rlm.Context.Binding.Projects;
using Rlm.Context.Files;

namespace Rlm.Context.Binding.Compilations;

/// <summary>All C# projects of one snapshot, who compiles which file, and who refers to whom. C# files that no project compiles make one of their own; when they are very many, one for each folder at the top.</summary>
internal sealed class ProjectSet
{
    private const int MaxLooseFiles = 3_000;

    private readonly Dictionary<RepoPath, CSharpProject> _byPath;
    private readonly Dictionary<RepoPath, List<CSharpProject>> _owners = [];
    private readonly ILookup<RepoPath, CSharpProject> _users;
    private readonly ConcurrentDictionary<RepoPath, long> _ownBytes = [], _sourceBytes = [];

    private ProjectSet(IReadOnlyList<CSharpProject> projects, IReadOnlyDictionary<RepoPath, string> faults)
    {
        (All, Faults) = (projects, faults);
        _byPath = projects.ToDictionary(project => project.Path);
        foreach (var project in projects)
            foreach (var file in project.Files)
            {
                if (!_owners.TryGetValue(file, out var owners)) _owners[file] = owners = new(1);
                owners.Add(project);
            }
        _users = projects.SelectMany(project => project.References.Select(path => (path, project))).ToLookup(pair => pair.path, pair => pair.project);
    }

    /// <summary>By path.</summary>
    public IReadOnlyList<CSharpProject> All { get; }

    /// <summary>Project files that are no XML.</summary>
    public IReadOnlyDictionary<RepoPath, string> Faults { get; }

    /// <summary>Reads all project files. Time: about 1 ms for each.</summary>
    public static ProjectSet Of(Snapshot snapshot, Func<RepoPath, string?> read, CancellationToken cancellationToken)
    {
        var reader = new ProjectReader(snapshot, read);
        var projects = new List<CSharpProject>();
        foreach (var file in snapshot.Files)
        {
            if (!file.Path.Value.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase)) continue;
            cancellationToken.ThrowIfCancellationRequested();
            if (reader.Read(file.Path) is { } project) projects.Add(project);
        }
        var owned = projects.SelectMany(project => project.Files).ToHashSet();
        projects.AddRange(Loose([.. snapshot.Files.Where(file => file.Language == "csharp" && !owned.Contains(file.Path)).Select(file => file.Path)]));
        return new([.. projects.OrderBy(project => project.Path)], reader.Faults);
    }

    /// <summary>Whether a file decides what projects are.</summary>
    public static bool IsProjectFile(RepoPath path) =>
        path.Value.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase) || path.Value.EndsWith(".props", StringComparison.OrdinalIgnoreCase) || path.Value.EndsWith(".targets", StringComparison.OrdinalIgnoreCase)
        || path.Value.EndsWith(".projitems", StringComparison.OrdinalIgnoreCase);

    /// <summary>The projects that compile a file, the newest framework first; none for what is no C#.</summary>
    public IReadOnlyList<CSharpProject> OwnersOf(RepoPath file) =>
        _owners.TryGetValue(file, out var owners) ? [.. owners.OrderByDescending(project => project.Framework.Family).ThenBy(project => project.Path)] : [];

    /// <summary>A project by its path; null for none.</summary>
    public CSharpProject? Find(RepoPath path) => _byPath.GetValueOrDefault(path);

    /// <summary>Projects that a project refers to, those in between included.</summary>
    public IReadOnlyCollection<CSharpProject> UsedBy(CSharpProject project)
    {
        var used = new Dictionary<RepoPath, CSharpProject>();
        var ahead = new Queue<CSharpProject>([project]);
        while (ahead.TryDequeue(out var next))
            foreach (var other in next.References.Select(Find).OfType<CSharpProject>())
                if (other.Path != project.Path && used.TryAdd(other.Path, other)) ahead.Enqueue(other);
        return used.Values;
    }

    /// <summary>Bytes of source that a project compiles and refers to, as they were when that was first asked.</summary>
    public long SourceBytes(CSharpProject project, Snapshot snapshot) =>
        _sourceBytes.GetOrAdd(project.Path, _ => UsedBy(project).Append(project).Sum(one => _ownBytes.GetOrAdd(one.Path, _ => one.Files.Sum(file => snapshot.Find(file)?.Stamp.Bytes ?? 0))));

    /// <summary>Projects that refer to a project, itself and those in between included.</summary>
    public IReadOnlySet<RepoPath> Seeing(CSharpProject project)
    {
        var seen = new HashSet<RepoPath> { project.Path };
        var ahead = new Queue<RepoPath>(seen);
        while (ahead.TryDequeue(out var next))
            foreach (var user in _users[next])
                if (seen.Add(user.Path)) ahead.Enqueue(user.Path);
        return seen;
    }

    private static IEnumerable<CSharpProject> Loose(IReadOnlyCollection<RepoPath> files) =>
        from file in files
        group file by files.Count > MaxLooseFiles && file.Value.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash ? new RepoPath(file.Value[..slash]) : RepoPath.Root into folder
        select new CSharpProject
        {
            Path = folder.Key,
            Name = folder.Key.IsRoot ? "loose" : folder.Key.Name,
            Files = [.. folder],
            Framework = TargetFramework.Parse($"net{ProjectReader.NewestMajor}.0"),
            Frameworks = [],
            Parsing = new CSharpParseOptions(LanguageVersion.Preview, Microsoft.CodeAnalysis.DocumentationMode.Parse),
            Options = new CSharpCompilationOptions(Microsoft.CodeAnalysis.OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, concurrentBuild: false),
            IsLoose = true,
        };
}
