using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Rlm.Context.Binding.Projects;
using Rlm.Context.Binding.References;
using Rlm.Context.Files;
using Rlm.Context.Search;

namespace Rlm.Context.Binding.Compilations;

/// <summary>
/// Makes compilations of projects when they are asked for, with those that they refer to, and keeps them in step with the snapshot. Drops the longest unused above the memory limit.
/// One thread builds at a time; what is built is read from many.
/// </summary>
internal sealed class CompilationStore(ContextStore store, IReadOnlyList<string> packageFolders)
{
    private readonly Lock _building = new(), _gate = new();
    private readonly SourceParser _parser = new(store);
    private readonly AssemblyReferences _assemblies = new(packageFolders);
    private readonly Dictionary<RepoPath, ProjectCompilation> _built = [];
    private readonly List<RepoPath> _byUse = [];
    private (string Version, ProjectSet Set)? _projects;

    /// <summary>The projects of a snapshot; made anew only when a project file or the set of C# files changed.</summary>
    public ProjectSet Projects(Snapshot snapshot, CancellationToken cancellationToken)
    {
        lock (_building)
        {
            var version = VersionOf(snapshot);
            if (_projects is { } known && known.Version == version) return known.Set;
            var set = ProjectSet.Of(snapshot, path => Text(path, cancellationToken), cancellationToken);
            lock (_gate) _built.Clear();
            _projects = (version, set);
            return set;
        }
    }

    /// <summary>The compilation of a project when it stands already and shows the snapshot; null otherwise.</summary>
    public ProjectCompilation? Standing(CSharpProject project, Snapshot snapshot)
    {
        lock (_gate) return _built.GetValueOrDefault(project.Path) is { } built && ReferenceEquals(built.Project, project) && Changed(built, snapshot).Count == 0 ? built : null;
    }

    /// <summary>The compilation of a project and all it refers to. Time: about a second for each 4 MB of source, the first time.</summary>
    public ProjectCompilation Get(CSharpProject project, Snapshot snapshot, CancellationToken cancellationToken)
    {
        lock (_building)
        {
            var set = Projects(snapshot, cancellationToken);
            var made = Get(set.Find(project.Path) ?? project, set, snapshot, [], cancellationToken);
            Trim(made);
            return made;
        }
    }

    private ProjectCompilation Get(CSharpProject project, ProjectSet set, Snapshot snapshot, HashSet<RepoPath> open, CancellationToken cancellationToken)
    {
        open.Add(project.Path);
        var notes = new List<string>(project.Notes);
        var references = new List<MetadataReference>();
        foreach (var path in project.References)
        {
            if (set.Find(path) is not { } other) continue;
            if (open.Contains(path)) notes.Add($"project references go in a circle at {path.Value}");
            else references.Add(Get(other, set, snapshot, open, cancellationToken).Compilation.ToMetadataReference());
        }
        open.Remove(project.Path);
        ProjectCompilation? old;
        lock (_gate) old = _built.GetValueOrDefault(project.Path);
        var made = old is not null && ReferenceEquals(old.Project, project) ? Updated(old, references, snapshot, cancellationToken) : Made(project, references, notes, snapshot, cancellationToken);
        lock (_gate)
        {
            _built[project.Path] = made;
            _byUse.Remove(project.Path);
            _byUse.Add(project.Path);
        }
        return made;
    }

    private ProjectCompilation Made(CSharpProject project, List<MetadataReference> projects, List<string> notes, Snapshot snapshot, CancellationToken cancellationToken)
    {
        var trees = Parse(project, project.Files.Where(file => snapshot.IndexOf(file) >= 0), cancellationToken, out var left);
        // What projects refer to through others is seen too, as the SDK has it.
        var all = Transitive(projects);
        var assemblies = _assemblies.Of(project, notes);
        var compilation = CSharpCompilation.Create(project.Name, [.. trees.Values.Select(tree => tree.Tree), .. Written(project, trees.Values.Select(tree => tree.Tree), cancellationToken)], [.. all, .. assemblies], project.Options);
        if (left.Count > 0) notes.Add($"{left.Count} files not parsed for binding");
        return new(project, compilation, trees, left, notes);
    }

    private ProjectCompilation Updated(ProjectCompilation old, List<MetadataReference> projects, Snapshot snapshot, CancellationToken cancellationToken)
    {
        var changed = Changed(old, snapshot);
        var compilation = old.Compilation;
        var trees = old.Trees;
        if (changed.Count > 0)
        {
            var fresh = Parse(old.Project, changed, cancellationToken, out _);
            var all = old.Trees.ToDictionary();
            foreach (var path in changed)
            {
                if (all.Remove(path, out var gone) && fresh.TryGetValue(path, out var now)) (compilation, all[path]) = (compilation.ReplaceSyntaxTree(gone.Tree, now.Tree), now);
                else if (gone.Tree is not null) compilation = compilation.RemoveSyntaxTrees(gone.Tree);
            }
            trees = all;
        }
        var had = compilation.References.OfType<CompilationReference>().Select(reference => reference.Compilation).ToHashSet();
        var wanted = Transitive(projects);
        if (!had.SetEquals(wanted.Select(reference => ((CompilationReference)reference).Compilation))) compilation = compilation.WithReferences([.. wanted, .. compilation.References.Where(reference => reference is not CompilationReference)]);
        return ReferenceEquals(compilation, old.Compilation) ? old : old with { Compilation = compilation, Trees = trees };
    }

    private static List<RepoPath> Changed(ProjectCompilation built, Snapshot snapshot) =>
        [.. built.Trees.Where(tree => snapshot.Find(tree.Key) is not { } file || file.Stamp != tree.Value.Stamp).Select(tree => tree.Key)];

    private Dictionary<RepoPath, (SyntaxTree, FileStamp)> ParseAll(CSharpProject project, RepoPath[] files, CancellationToken cancellationToken)
    {
        var parsed = new (SyntaxTree, FileStamp)?[files.Length];
        ParallelFiles.Run(files.Length, null, "", cancellationToken, () => 0, (at, _) => parsed[at] = _parser.Parse(files[at], project.Parsing, cancellationToken));
        return files.Zip(parsed).Where(pair => pair.Second is not null).ToDictionary(pair => pair.First, pair => pair.Second!.Value);
    }

    private Dictionary<RepoPath, (SyntaxTree Tree, FileStamp Stamp)> Parse(CSharpProject project, IEnumerable<RepoPath> files, CancellationToken cancellationToken, out List<RepoPath> left)
    {
        var wanted = files.ToArray();
        var trees = ParseAll(project, wanted, cancellationToken);
        left = [.. wanted.Where(path => !trees.ContainsKey(path))];
        return trees;
    }

    private static IEnumerable<SyntaxTree> Written(CSharpProject project, IEnumerable<SyntaxTree> trees, CancellationToken cancellationToken)
    {
        foreach (var text in new[] { project.GlobalUsings, project.AssemblyAttributes + FriendAttributes.Of(trees, cancellationToken) })
            if (text.Length > 0) yield return CSharpSyntaxTree.ParseText(text, project.Parsing, cancellationToken: cancellationToken);
    }

    private static List<MetadataReference> Transitive(IEnumerable<MetadataReference> projects)
    {
        var found = new Dictionary<Compilation, MetadataReference>();
        var ahead = new Queue<MetadataReference>(projects);
        while (ahead.TryDequeue(out var next))
            if (next is CompilationReference reference && found.TryAdd(reference.Compilation, next))
                foreach (var inner in reference.Compilation.References) ahead.Enqueue(inner);
        return [.. found.Values];
    }

    private void Trim(ProjectCompilation used)
    {
        lock (_gate)
        {
            var needed = used.Compilation.References.OfType<CompilationReference>().Select(reference => reference.Compilation).Append(used.Compilation).ToHashSet();
            var sum = _built.Values.Sum(built => built.Bytes);
            foreach (var path in _byUse.ToArray())
            {
                if (sum <= store.Options.MemoryBytes) break;
                if (!_built.TryGetValue(path, out var built) || needed.Contains(built.Compilation)) continue;
                sum -= built.Bytes;
                _built.Remove(path);
                _byUse.Remove(path);
            }
        }
    }

    private string? Text(RepoPath path, CancellationToken cancellationToken)
    {
        try
        {
            return store.Open(path, cancellationToken) is WholeText text ? text.Text.Text : null;
        }
        catch (ContextException)
        {
            return null;
        }
    }

    // Contents of C# files do not decide it: compilations are brought up to date file by file.
    private static string VersionOf(Snapshot snapshot)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in snapshot.Files)
        {
            var isProject = ProjectSet.IsProjectFile(file.Path);
            if (!isProject && file.Language != "csharp") continue;
            hash.AppendData(MemoryMarshal.AsBytes(file.Path.Value.AsSpan()));
            hash.AppendData(BitConverter.GetBytes(isProject ? file.Stamp.Bytes : -1));
            if (isProject) hash.AppendData(BitConverter.GetBytes(file.Stamp.ModifiedNs));
        }
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
