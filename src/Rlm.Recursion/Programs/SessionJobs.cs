namespace Rlm.Recursion.Programs;

/// <summary>The programs of one session that this process began, in order, as long as they run or their result is of interest. Safe to use from many threads.</summary>
internal sealed class SessionJobs
{
    private readonly List<ProgramJob> _jobs = [];

    /// <summary>Whether none is at work or waits.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_jobs) return _jobs.TrueForAll(job => job.IsEnded);
        }
    }

    /// <summary>Whether none is at work or waits, and every result was handed over.</summary>
    public bool IsDone
    {
        get
        {
            lock (_jobs) return _jobs.TrueForAll(job => job is { IsEnded: true, IsTaken: true });
        }
    }

    /// <summary>The first whose result nobody has been given, or the last.</summary>
    public ProgramJob? Next
    {
        get
        {
            lock (_jobs) return _jobs.Find(job => !job.IsTaken) ?? _jobs.LastOrDefault();
        }
    }

    /// <summary>Adds one, and forgets those that are done with.</summary>
    public void Add(ProgramJob job)
    {
        lock (_jobs)
        {
            _jobs.RemoveAll(before => before is { IsEnded: true, IsTaken: true });
            _jobs.Add(job);
        }
    }
}
