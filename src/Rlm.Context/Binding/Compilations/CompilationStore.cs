using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Rlm.Context.Binding.Projects;
using Rlm.Context.Binding.References;
using Rlm.Context.Files;
using Rlm.Context.Outlines;
using Rlm.Context.Search;

namespace Rlm.Context.Binding.Compilations;

/// <summary>
/// Makes compilations of projects when they are asked for, with those that they refer to, and keeps them in step with the snapshot. Drops the longest unused above the memory limit,
/// and all of them after five minutes without a question; after one when there never was a question.
/// One thread builds at a time; what is built is read from many.
/// </summary>
internal sealed class CompilationStore(ContextStore store, IReadOnlyList<string> packageFolders) : IDisposable
{
    private static readonly TimeSpan IdleTime = TimeSpan.FromMinutes(5), UnaskedTime = TimeSpan.FromMinutes(1);

    private readonly Lock _reading = new(), _building = new(), _gate = new();
    private readonly SourceParser _parser = new(store);
    private readonly AssemblyReferences _assemblies = new(packageFolders);
    private readonly Dictionary<RepoPath, ProjectCompilation> _built = [];
    private readonly Dictionary<RepoPath, Task<ProjectCompilation>> _pending = [];
    private readonly List<RepoPath> _byUse = [];
    private volatile KnownProjects? _projects;
    private Task<ProjectSet>? _pendingProjects;
    private ITimer? _idle;
    private bool _isAsked;

    // Projects of which it is known already that they show a snapshot; nothing is, once one of them is made anew or dropped.
    private (Snapshot? Of, HashSet<RepoPath> Paths) _standing = (null, []);

    /// <summary>The projects of a snapshot; made anew only when a project file or the set of C# files changed.</summary>
    public ProjectSet Projects(Snapshot snapshot, CancellationToken cancellationToken)
    {
        lock (_reading)
        {
            if (StillStanding(snapshot, out var version) is { } standing) return standing;
            var set = ProjectSet.Of(snapshot, path => Text(path, cancellationToken), cancellationToken);
            Drop();
            _projects = new(snapshot, version, set);
            return set;
        }
    }

    /// <summary>The same when it takes no longer than there is time; else null, and it goes on in the background.</summary>
    public ProjectSet? Projects(Snapshot snapshot, TimeSpan left, CancellationToken cancellationToken)
    {
        if (StandingProjects(snapshot) is { } standing) return standing;
        Task<ProjectSet> work;
        lock (_gate)
        {
            if (_pendingProjects is null or { IsCompleted: true }) _pendingProjects = OwnThread(() => Projects(snapshot, CancellationToken.None));
            work = _pendingProjects;
        }
        return Wait(work, left, cancellationToken) is null ? null : StandingProjects(snapshot);
    }

    /// <summary>Makes compilations before anybody asks, those that most others use first, of as many projects as half of the memory limit holds.</summary>
    public void Warm(Snapshot snapshot, CancellationToken cancellationToken)
    {
        var set = Projects(snapshot, cancellationToken);
        foreach (var project in set.All.Where(project => project.Files.Count > 0).OrderByDescending(project => set.Seeing(project).Count).ThenBy(project => project.Path))
        {
            lock (_gate)
                if (_built.Values.Sum(built => built.Bytes) >= store.Options.MemoryBytes / 2) break;
            if (TooMuchFor(project, set, snapshot) == 0) Get(project, snapshot, cancellationToken);
        }
        PutOff();
    }

    /// <summary>The compilation of a project when it stands already and shows the snapshot; null otherwise.</summary>
    public ProjectCompilation? Standing(CSharpProject project, Snapshot snapshot)
    {
        _isAsked = true;
        PutOff();
        if (StandingProjects(snapshot) is not { } set) return null;
        lock (_gate)
        {
            if (!ReferenceEquals(_standing.Of, snapshot)) _standing = (snapshot, []);
            var seen = new HashSet<RepoPath>();
            if (!IsStanding(project, set, snapshot, seen)) return null;
            _standing.Paths.UnionWith(seen);
            return _built[project.Path];
        }
    }

    /// <summary>About how much memory a project takes with all that it refers to, in bytes, when that is more than the operator gives; else 0. Such projects are not to be compiled.</summary>
    public long TooMuchFor(CSharpProject project, ProjectSet set, Snapshot snapshot)
    {
        var bytes = set.SourceBytes(project, snapshot) * ProjectCompilation.BytesPerByte;
        return bytes > store.Options.MemoryBytes ? bytes : 0;
    }

    /// <summary>Whether what compiles a file stands already; does not count as a question.</summary>
    public bool IsReady(RepoPath path, Snapshot snapshot)
    {
        lock (_gate)
            if (_built.Count == 0) return false;
        if (StillStanding(snapshot, out _) is not { } set || set.OwnersOf(path) is not [var owner, ..]) return false;
        lock (_gate) return IsStanding(owner, set, snapshot, []);
    }

    /// <summary>The compilation of a project when it is ready in time; else null, and it is made in the background.</summary>
    public ProjectCompilation? Get(CSharpProject project, Snapshot snapshot, TimeSpan left, CancellationToken cancellationToken)
    {
        if (Standing(project, snapshot) is { } built) return built;
        if (left <= TimeSpan.Zero) return null;
        Task<ProjectCompilation> work;
        lock (_gate)
        {
            if (!_pending.TryGetValue(project.Path, out work!) || work.IsCompleted) _pending[project.Path] = work = OwnThread(() => GetPending(project, snapshot));
        }
        return Wait(work, left, cancellationToken);
    }

    /// <summary>The compilation of a project and all it refers to. Time: about a second for each 4 MB of source, the first time.</summary>
    public ProjectCompilation Get(CSharpProject project, Snapshot snapshot, CancellationToken cancellationToken)
    {
        var set = Projects(snapshot, cancellationToken);
        lock (_building)
        {
            var made = Get(set.Find(project.Path) ?? project, set, snapshot, [], cancellationToken);
            Trim(made);
            return made;
        }
    }

    // Nobody holds on to what comes out: it is kept, and trimmed, with the others.
    private ProjectCompilation GetPending(CSharpProject project, Snapshot snapshot)
    {
        try
        {
            return Get(project, snapshot, CancellationToken.None);
        }
        finally
        {
            lock (_gate) _pending.Remove(project.Path);
        }
    }

    /// <summary>Drops all.</summary>
    public void Dispose() => _idle?.Dispose();

    // Every question winds it up again.
    private void PutOff()
    {
        lock (_gate)
        {
            _idle ??= store.Options.Time.CreateTimer(_ => LetGo(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _idle.Change(_isAsked ? IdleTime : UnaskedTime, Timeout.InfiniteTimeSpan);
        }
    }

    // Nobody else would collect what was held, in a process that does nothing.
    private void LetGo()
    {
        Drop();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    private void Drop()
    {
        lock (_gate)
        {
            _built.Clear();
            _byUse.Clear();
            _standing = (null, []);
        }
    }

    private ProjectSet? StandingProjects(Snapshot snapshot) => _projects is { } known && ReferenceEquals(known.Snapshot, snapshot) ? known.Set : null;

    // A newer snapshot has the same projects when neither a project file nor the set of C# files changed.
    private ProjectSet? StillStanding(Snapshot snapshot, out string version)
    {
        version = "";
        if (StandingProjects(snapshot) is { } standing) return standing;
        version = VersionOf(snapshot);
        if (_projects is not { } known || known.Version != version) return null;
        _projects = known with { Snapshot = snapshot };
        return known.Set;
    }

    private bool IsStanding(CSharpProject project, ProjectSet set, Snapshot snapshot, HashSet<RepoPath> seen)
    {
        if (!seen.Add(project.Path) || _standing.Paths.Contains(project.Path)) return true;
        return _built.GetValueOrDefault(project.Path) is { } built && ReferenceEquals(built.Project, project) && Changed(built, snapshot).Count == 0
            && project.References.Select(set.Find).OfType<CSharpProject>().All(other => IsStanding(other, set, snapshot, seen));
    }

    // One builds, the others wait for it: threads of the pool that wait are missing to the answers that are being made meanwhile (measured: five seconds of an answer due in one).
    private static Task<T> OwnThread<T>(Func<T> work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static T? Wait<T>(Task<T> work, TimeSpan left, CancellationToken cancellationToken) where T : class
    {
        try
        {
            return left > TimeSpan.Zero && work.Wait((int)Math.Min(left.TotalMilliseconds, int.MaxValue), cancellationToken) ? work.Result : null;
        }
        catch (AggregateException)
        {
            return null; // told as not bound
        }
    }

    private ProjectCompilation Get(CSharpProject project, ProjectSet set, Snapshot snapshot, HashSet<RepoPath> open, CancellationToken cancellationToken)
    {
        open.Add(project.Path);
        var notes = project.Notes.Where(note => !note.StartsWith("property function", StringComparison.Ordinal)).ToList();
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
        var made = old is not null && ReferenceEquals(old.Project, project) ? Updated(old, references, snapshot, cancellationToken) : Made(project, references, set, notes, snapshot, cancellationToken);
        lock (_gate)
        {
            if (!ReferenceEquals(made, old)) _standing = (null, []);
            _built[project.Path] = made;
            _byUse.Remove(project.Path);
            _byUse.Add(project.Path);
        }
        return made;
    }

    private ProjectCompilation Made(CSharpProject project, List<MetadataReference> projects, ProjectSet set, List<string> notes, Snapshot snapshot, CancellationToken cancellationToken)
    {
        var trees = Parse(project, project.Files.Where(file => snapshot.IndexOf(file) >= 0), cancellationToken, out var left);
        // What projects refer to through others is seen too, as the SDK has it.
        var all = Transitive(projects);
        var (packages, frameworks) = (new List<string>(), new List<string>());
        var assemblies = _assemblies.Of(project, set.UsedBy(project), packages, frameworks);
        var compilation = CSharpCompilation.Create(project.Name, [.. trees.Values.Select(tree => tree.Tree), .. Written(project, trees.Values.Select(tree => tree.Tree), cancellationToken)], [.. all, .. assemblies], project.Options);
        if (left.Count > 0) notes.Add($"{left.Count} files not parsed for binding");
        // The first question to a compilation declares all of its symbols, which takes a second in large ones: here and not within somebody's deadline.
        BigStack.Run(() => compilation.GetTypeByMetadataName("System.Object") ?? compilation.ObjectType);
        BigStack.Run(() => compilation.Assembly.GlobalNamespace.GetMembers().Count());
        return new(project, compilation, trees, left, new(packages, frameworks, notes));
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
            var before = sum;
            foreach (var path in _byUse.ToArray())
            {
                if (sum <= store.Options.MemoryBytes) break;
                if (!_built.TryGetValue(path, out var built) || needed.Contains(built.Compilation)) continue;
                sum -= built.Bytes;
                _built.Remove(path);
                _standing = (null, []);
                _byUse.Remove(path);
            }
            // What was dropped lies in the oldest generation, which is collected only when memory is short.
            if (sum < before) GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
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

    private sealed record KnownProjects(Snapshot Snapshot, string Version, ProjectSet Set);

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
