using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Rlm.Context.Binding.Compilations;
using Rlm.Context.Binding.Projects;
using Rlm.Context.Binding.Sites;
using Rlm.Context.Files;
using Rlm.Context.Outlines;
using Rlm.Context.Search;
using Rlm.Context.Slices;

namespace Rlm.Context.Binding;

/// <summary>
/// Exact relations of C#: compilations for each project file read as data, no build and no restore, of which only what a question needs is bound. What is not ready when the
/// time is over is told, and made ready in the background. Safe to use from many threads.
/// </summary>
internal sealed class CSharpBinder : IDisposable
{
    private readonly ContextStore _store;
    private readonly CompilationStore _compilations;
    private readonly BoundSiteCache _sites = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationToken _stopped;
    private int _isGoingOn, _isDisposed;

    private static readonly TimeSpan BackgroundTime = TimeSpan.FromSeconds(60);

    /// <param name="store">The store, of which nothing is read yet.</param>
    public CSharpBinder(ContextStore store) => (_store, _compilations, _stopped) = (store, new(store, store.Options.PackageFolders), _stop.Token);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1) return;
        _stop.Cancel();
        _compilations.Dispose();
        _stop.Dispose();
    }

    /// <summary>The projects of a snapshot.</summary>
    public ProjectSet Projects(Snapshot snapshot, CancellationToken cancellationToken) => _compilations.Projects(snapshot, cancellationToken);

    /// <summary>The compilation of a project, made if need be.</summary>
    public ProjectCompilation Compilation(CSharpProject project, Snapshot snapshot, CancellationToken cancellationToken) => _compilations.Get(project, snapshot, cancellationToken);

    /// <summary>Has compilations made in the background before anybody asks.</summary>
    public void Warm(Snapshot snapshot) => Background(() => _compilations.Warm(snapshot, _stopped));

    /// <summary>Whether the compilation of a file stands already.</summary>
    public bool IsReady(RepoPath path, Snapshot snapshot) => _compilations.IsReady(path, snapshot);

    /// <summary>Symbols of outlines as the compiler sees them; null, with the reason, when not all of them can be had in time.</summary>
    public BindingTarget? Target(IReadOnlyList<FoundSymbol> found, Snapshot snapshot, Func<TimeSpan> left, out BindingRefusal why, CancellationToken cancellationToken)
    {
        (why, var symbols, var visible) = (BindingRefusal.NoProjectsYet, new List<ISymbol>(), new HashSet<RepoPath>());
        if (_compilations.Projects(snapshot, left(), cancellationToken) is not { } projects) return null;
        foreach (var one in found)
        {
            if (Declared(one, projects, snapshot, left, out why, cancellationToken) is not { } symbol) return null;
            symbols.Add(symbol);
            foreach (var owner in projects.OwnersOf(one.Path)) visible.UnionWith(projects.Seeing(owner));
        }
        // A call through an interface may stand in a project that knows nothing of the class behind it.
        foreach (var path in symbols.SelectMany(SymbolFamily.Above).SelectMany(symbol => symbol.DeclaringSyntaxReferences).Select(declared => declared.SyntaxTree.FilePath).Where(path => path.Length > 0).Distinct())
            foreach (var owner in projects.OwnersOf(new RepoPath(path))) visible.UnionWith(projects.Seeing(owner));
        return new(symbols, SymbolFamily.Of(symbols), SymbolShape.Of(symbols), visible) { IsLoose = found.Any(one => projects.OwnersOf(one.Path).All(owner => owner.IsLoose)) };
    }

    /// <summary>The places in some files that mean a target.</summary>
    /// <param name="target">The symbols.</param>
    /// <param name="files">Files that hold a name of them, or may use them without.</param>
    /// <param name="snapshot">The snapshot of the files.</param>
    /// <param name="left">How much time there is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public BindingResult Sites(BindingTarget target, IReadOnlyList<FileEntry> files, Snapshot snapshot, Func<TimeSpan> left, CancellationToken cancellationToken)
    {
        var result = InTime(target, files, snapshot, left, cancellationToken);
        if (result.Late.Count > 0) GoOn(target, [.. result.Late.Select(snapshot.Find).OfType<FileEntry>()], snapshot);
        return result;
    }

    // What was not bound in time is bound for the next call, one question at a time.
    private void GoOn(BindingTarget target, IReadOnlyList<FileEntry> files, Snapshot snapshot)
    {
        if (Interlocked.Exchange(ref _isGoingOn, 1) == 1) return;
        var (time, stop) = (_store.Options.Time, _stopped);
        var started = time.GetTimestamp();
        Background(() =>
        {
            try
            {
                InTime(target, files, snapshot, () => BackgroundTime - time.GetElapsedTime(started), stop);
            }
            finally
            {
                Volatile.Write(ref _isGoingOn, 0);
            }
        });
    }

    // Nobody waits for it: what fails here fails again when it is asked for.
    private void Background(Action work) => Task.Factory.StartNew(() =>
    {
        try
        {
            work();
        }
#pragma warning disable CA1031 // see above
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }, _stopped, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private BindingResult InTime(BindingTarget target, IReadOnlyList<FileEntry> files, Snapshot snapshot, Func<TimeSpan> left, CancellationToken cancellationToken)
    {
        var projects = _compilations.Projects(snapshot, cancellationToken);
        var (unseen, late, lacks, failed) = (new HashSet<RepoPath>(), new ConcurrentBag<RepoPath>(), new List<BindingLacks>(), 0);
        var found = new ConcurrentDictionary<RepoPath, FileBinding>();
        var byProject = new SortedDictionary<RepoPath, (CSharpProject Project, List<RepoPath> Files)>();
        foreach (var file in files)
        {
            // A file that several projects link is bound in one of them: each place counts once.
            var owners = projects.OwnersOf(file.Path);
            if (owners.FirstOrDefault(owner => target.Visible.Contains(owner.Path)) is not { } project)
            {
                // Of code without a project file nobody can say what it refers to.
                if (!target.IsLoose && owners.Any(owner => !owner.IsLoose)) unseen.Add(file.Path);
            }
            else if (byProject.TryGetValue(project.Path, out var group)) group.Files.Add(file.Path);
            else byProject[project.Path] = (project, [file.Path]);
        }
        // What is ready comes first: time that is short is not spent on waiting.
        foreach (var (project, members) in byProject.Values.OrderBy(group => _compilations.Standing(group.Project, snapshot) is null))
        {
            if (_compilations.TooMuchFor(project, projects, snapshot) is > 0 and var bytes)
            {
                failed += members.Count;
                lacks.Add(new([], [], [BindingRefusal.TooMuch(project.Path, bytes).Reason]));
                continue;
            }
            if (_compilations.Get(project, snapshot, left(), cancellationToken) is not { } compiled)
            {
                foreach (var path in members) late.Add(path);
                continue;
            }
            lacks.Add(compiled.Lacks);
            ParallelFiles.Run(members.Count, null, "", cancellationToken, () => 0, (at, _) =>
            {
                var path = members[at];
                if (_sites.Get(target, compiled, path) is { } known) found[path] = known;
                else if (!compiled.Trees.ContainsKey(path)) Interlocked.Increment(ref failed);
                else if (!IsOver() && FileBinder.TryBind(target, compiled, path, IsOver, cancellationToken) is { } binding) _sites.Put(target, compiled, path, found[path] = binding);
                else if (IsOver()) late.Add(path);
                else Interlocked.Increment(ref failed);
            });
        }
        return new(found, [.. late.Order()], failed, unseen, BindingLacks.Told(lacks));

        bool IsOver() => left() <= TimeSpan.Zero;
    }

    /// <summary>The files of the projects that see a target.</summary>
    public IReadOnlySet<RepoPath> FilesSeeing(BindingTarget target, Snapshot snapshot, CancellationToken cancellationToken)
    {
        var projects = _compilations.Projects(snapshot, cancellationToken);
        return target.Visible.Select(projects.Find).OfType<CSharpProject>().SelectMany(project => project.Files).ToHashSet();
    }

    /// <summary>What names at places of a file mean; null, with the reason, when that cannot be had in time, or at all.</summary>
    public IReadOnlyDictionary<(int Line, int Column), NodeMeaning>? MeaningsAt(RepoPath path, IEnumerable<(int Line, int Column)> places, Snapshot snapshot, Func<TimeSpan> left, out BindingRefusal why, CancellationToken cancellationToken)
    {
        why = BindingRefusal.NotYet;
        if (_compilations.Projects(snapshot, left(), cancellationToken) is not { } projects) return null;
        foreach (var owner in projects.OwnersOf(path))
        {
            if (_compilations.TooMuchFor(owner, projects, snapshot) is > 0 and var bytes)
            {
                why = BindingRefusal.TooMuch(owner.Path, bytes);
                return null;
            }
            if (_compilations.Get(owner, snapshot, left(), cancellationToken) is not { } compiled) return null;
            if (compiled.Trees.TryGetValue(path, out var tree)) return BigStack.Run(() => FileBinder.MeaningsAt(compiled, tree.Tree, places, cancellationToken));
        }
        return new Dictionary<(int, int), NodeMeaning>();
    }

    /// <summary>The symbol of an outline as the compiler sees it; null, with the reason, when it cannot be had in time.</summary>
    public ISymbol? Declared(FoundSymbol found, Snapshot snapshot, Func<TimeSpan> left, out BindingRefusal why, CancellationToken cancellationToken)
    {
        why = BindingRefusal.NoProjectsYet;
        return _compilations.Projects(snapshot, left(), cancellationToken) is { } projects ? Declared(found, projects, snapshot, left, out why, cancellationToken) : null;
    }

    private ISymbol? Declared(FoundSymbol found, ProjectSet projects, Snapshot snapshot, Func<TimeSpan> left, out BindingRefusal why, CancellationToken cancellationToken)
    {
        var owners = projects.OwnersOf(found.Path);
        why = new(owners.Count == 0 ? $"no project compiles {found.Path.Value}" : $"the #if symbols of its project leave out {found.Symbol.Path}", IsLate: false);
        foreach (var owner in owners)
        {
            if (_compilations.TooMuchFor(owner, projects, snapshot) is > 0 and var bytes)
            {
                why = BindingRefusal.TooMuch(owner.Path, bytes);
                continue;
            }
            if (_compilations.Get(owner, snapshot, left(), cancellationToken) is not { } compiled)
            {
                why = new($"{owner.Path.Value} is still being compiled", IsLate: true);
                return null;
            }
            if (compiled.Trees.TryGetValue(found.Path, out var tree) && BigStack.Run(() => FileBinder.Declared(found.Symbol, compiled, tree.Tree, cancellationToken)) is { } symbol) return symbol;
        }
        return null;
    }
}
