using System.Runtime.ExceptionServices;
using Rlm.Context.Files.Watching;

namespace Rlm.Context.Files.Walking;

/// <summary>
/// One walk: workers take folders from a common stack, last in first out so that memory stays small, and write into the folder's record;
/// the records are then put in order on one thread. Order and version do not depend on who walked what.
/// </summary>
internal sealed class WalkRun(
    RootFolder root, ContextOptions options, Snapshot? previous, DirtyFolders dirty, FolderWatch? watch, IProgress<ContextProgress>? progress, CancellationToken cancellationToken)
{
    private const int MaxWorkers = 8, ReportEvery = 4096;

    private readonly Stack<FolderJob> _jobs = new();
    private readonly WalkMemory? _memory = previous?.Memory is { } memory && memory.Serves(root, options) ? memory : null;
    private int _open;
    private long _entries, _ignoredEntries, _files;
    private bool _mustBeFull;
    private Exception? _failure;

    public RootFolder Root => root;

    public ContextOptions Options => options;

    /// <summary>The folders to look at. All, when nothing is known from before.</summary>
    public DirtyFolders Dirty { get; } = dirty;

    /// <summary>Where folders are put under watch; null when they are not.</summary>
    public FolderWatch? Watch => watch;

    /// <summary>Set when anything differs from the walk before.</summary>
    public bool HasChanged { get; set; }

    // Beyond the limit the count is a lower bound, whatever happens in there.
    private bool IgnoresTheIgnored => _memory?.IgnoredEntries > Walker.MaxIgnoredEntries && !Dirty.IsAll;

    /// <summary>Null when the changes were such that only a full walk can tell what is covered.</summary>
    public Snapshot? Run()
    {
        if (_memory is null && !Dirty.IsAll) return null;
        if (!Dirty.IsAll) (_entries, _ignoredEntries) = (_memory!.Entries, _memory.IgnoredEntries);
        var takenAt = options.Time.GetUtcNow();
        var top = new FolderRecord(RepoPath.Root);
        HasChanged = _memory is null; // workers only ever set it
        Push([new(top, _memory?.Root, null, 0, Dirty.HasTree(""))]);
        var others = StartWorkers(Dirty.AreFew ? 0 : Math.Clamp(Environment.ProcessorCount, 2, MaxWorkers) - 1);
        Work();
        foreach (var worker in others) worker.Join();
        cancellationToken.ThrowIfCancellationRequested();
        if (_failure is not null) ExceptionDispatchInfo.Throw(_failure);
        return _mustBeFull ? null : new SnapshotAssembly(root, options, HasChanged ? null : previous, takenAt).Assemble(top, _ignoredEntries);
    }

    /// <summary>False when nothing happened in a folder known from before, or below it.</summary>
    public bool MustWalk(FolderRecord before) => Dirty.Touches(before.Path.Value) && !(before.IsIgnored && IgnoresTheIgnored);

    /// <summary>False when the walk has seen as many entries as it may; what lies beyond is <see cref="SkipReason.TooDeep"/>.</summary>
    public bool Admits(FolderRecord folder, FolderRecord? before)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Admits(ref _entries, folder, before, Walker.MaxEntries);
    }

    /// <summary>False when no more entries of ignored folders may be counted.</summary>
    public bool AdmitsIgnored(FolderRecord folder, FolderRecord? before)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return !IgnoresTheIgnored && Admits(ref _ignoredEntries, folder, before, Walker.MaxIgnoredEntries);
    }

    private bool Admits(ref long entries, FolderRecord folder, FolderRecord? before, long limit)
    {
        // A walk of a part begins with the count of the walk before, in which the folder has its share.
        var isAdmitted = Interlocked.Add(ref entries, folder.Entries - (Dirty.IsAll ? 0 : before?.Entries ?? 0)) <= limit;
        if (!isAdmitted && !Dirty.IsAll) _mustBeFull = true;
        return isAdmitted;
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
}

/// <summary>A folder to be walked.</summary>
/// <param name="Record">What to fill.</param>
/// <param name="Before">The folder in the walk before.</param>
/// <param name="Rules">In force above it.</param>
/// <param name="Depth">0 for the root.</param>
/// <param name="IsWhole">All below it is listed again, whatever is known to have changed.</param>
internal readonly record struct FolderJob(FolderRecord Record, FolderRecord? Before, Ignore.IgnoreChain? Rules, int Depth, bool IsWhole);
