using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Rlm.Context.Files.Walking;

/// <summary>
/// One walk: workers take folders from a common stack, last in first out so that memory stays small, and write into the folder's record;
/// the records are then put in order on one thread. Order and version do not depend on who walked what.
/// </summary>
internal sealed class WalkRun(RootFolder root, ContextOptions options, Snapshot? previous, IProgress<ContextProgress>? progress, CancellationToken cancellationToken)
{
    private const int MaxWorkers = 8, MaxNamed = 1000, ReportEvery = 4096;

    private readonly Stack<FolderJob> _jobs = new();
    private readonly FolderRecord? _before = previous?.Memory is { } memory && memory.Serves(root, options) ? memory.Root : null;
    private int _open;
    private long _entries, _ignoredEntries, _files;
    private Exception? _failure;

    public RootFolder Root => root;

    public ContextOptions Options => options;

    /// <summary>Set when anything differs from the walk before.</summary>
    public bool HasChanged { get; set; }

    /// <summary>Set when not all files of ignored folders were counted.</summary>
    public bool IsIgnoredLowerBound { get; set; }

    public Snapshot Run()
    {
        var takenAt = options.Time.GetUtcNow();
        var top = new FolderRecord(RepoPath.Root);
        HasChanged = _before is null; // workers only ever set it
        Push([new(top, _before, null, 0, IsIgnored: false)]);
        var others = StartWorkers(Math.Clamp(Environment.ProcessorCount, 2, MaxWorkers) - 1);
        Work();
        foreach (var worker in others) worker.Join();
        cancellationToken.ThrowIfCancellationRequested();
        if (_failure is not null) ExceptionDispatchInfo.Throw(_failure);
        return Assemble(top, takenAt);
    }

    /// <summary>False when the walk has seen as many entries as it may; what lies beyond is <see cref="SkipReason.TooDeep"/>.</summary>
    public bool Admits(int entries)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Interlocked.Add(ref _entries, entries) <= Walker.MaxEntries;
    }

    /// <summary>How many more entries of ignored folders may be counted.</summary>
    public bool AdmitsIgnored(int entries)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Interlocked.Add(ref _ignoredEntries, entries) <= Walker.MaxIgnoredEntries;
    }

    public void Report(int files)
    {
        if (progress is null) return;
        var done = Interlocked.Add(ref _files, files);
        if (done / ReportEvery != (done - files) / ReportEvery) progress.Report(new(done, previous?.Files.Length ?? 0, "walking"));
    }

    /// <summary>Adds folders to be walked.</summary>
    public void Push(List<FolderJob> jobs)
    {
        if (jobs.Count == 0) return;
        lock (_jobs)
        {
            foreach (var job in jobs) _jobs.Push(job);
            _open += jobs.Count;
            Monitor.PulseAll(_jobs);
        }
    }

    private List<Thread> StartWorkers(int count)
    {
        var workers = new List<Thread>();
        for (var i = 0; i < count; i++)
        {
            var worker = new Thread(Work) { IsBackground = true, Name = "walk" };
            worker.Start();
            workers.Add(worker);
        }
        return workers;
    }

    private void Work()
    {
        using var walker = new FolderWalker(this);
        while (TryTake(out var job))
        {
            try
            {
                walker.Walk(job);
            }
            catch (Exception exception)
            {
                Fail(exception);
            }
            finally
            {
                Finish();
            }
        }
    }

    private bool TryTake(out FolderJob job)
    {
        lock (_jobs)
        {
            while (_jobs.Count == 0 && _open > 0 && _failure is null) Monitor.Wait(_jobs);
            job = default;
            return _failure is null && _jobs.TryPop(out job);
        }
    }

    private void Finish()
    {
        lock (_jobs)
            if (--_open == 0) Monitor.PulseAll(_jobs);
    }

    private void Fail(Exception exception)
    {
        lock (_jobs)
        {
            _failure ??= exception;
            Monitor.PulseAll(_jobs);
        }
    }

    private Snapshot Assemble(FolderRecord top, DateTimeOffset takenAt)
    {
        var files = new List<FileEntry>(previous?.Files.Length ?? 1024);
        var skipped = new long[SkipReasons.Count];
        var named = new List<SkippedFile>();
        using var version = new VersionHash();
        Collect(top, files, skipped, named, version);
        return new()
        {
            Version = HasChanged ? version.Finish() : previous!.Version,
            Files = HasChanged ? ImmutableCollectionsMarshal.AsImmutableArray(files.ToArray()) : previous!.Files,
            Skipped = Enumerable.Range(0, skipped.Length).Where(reason => skipped[reason] > 0).ToDictionary(reason => (SkipReason)reason, reason => skipped[reason]),
            NamedSkips = NamedInOrder(named),
            IgnoredIsLowerBound = IsIgnoredLowerBound,
            TakenAt = takenAt,
            Memory = new(top, root.FullPath, options),
        };
    }

    private void Collect(FolderRecord folder, List<FileEntry> files, long[] skipped, List<SkippedFile> named, VersionHash version)
    {
        if (folder.Named is not null) named.AddRange(folder.Named);
        for (var reason = 0; reason < skipped.Length && folder.Skipped is not null; reason++) skipped[reason] += folder.Skipped[reason];
        if (HasChanged && folder.Files.Length > 0) version.Add(folder.Path, folder.Digest);
        var at = 0;
        foreach (var below in folder.Folders)
        {
            while (HasChanged && at < folder.Files.Length && PathOrder.CompareFileToFolder(folder.Files[at].Path.Value, below.Path.Value) < 0) files.Add(folder.Files[at++]);
            Collect(below, files, skipped, named, version);
        }
        if (HasChanged) files.AddRange(folder.Files.AsSpan(at));
    }

    /// <summary>All secrets, and the first so many of the rest.</summary>
    private static ImmutableArray<SkippedFile> NamedInOrder(List<SkippedFile> named)
    {
        named.Sort((left, right) => string.CompareOrdinal(left.Path, right.Path));
        var others = 0;
        return [.. named.Where(file => file.Reason == SkipReason.Secret || ++others <= MaxNamed)];
    }
}

/// <summary>A folder to be walked.</summary>
/// <param name="Record">What to fill; for an ignored folder the record that its files are counted in.</param>
/// <param name="Before">The folder in the walk before.</param>
/// <param name="Rules">In force above it.</param>
/// <param name="Depth">0 for the root.</param>
/// <param name="IsIgnored">Its files are only counted.</param>
/// <param name="IgnoredPath">Where it is, when it is ignored.</param>
internal readonly record struct FolderJob(FolderRecord Record, FolderRecord? Before, Ignore.IgnoreChain? Rules, int Depth, bool IsIgnored, RepoPath IgnoredPath = default);
