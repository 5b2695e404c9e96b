using Rlm.Recursion.Sessions;

namespace Rlm.Recursion.Programs;

/// <summary>A program at work. Who asked waits for a while; later waits go by the session.</summary>
public sealed class ProgramJob
{
    private readonly Task<(SessionState Session, ProgramReport Report)> _work;
    private readonly Action _stop;

    internal ProgramJob(string session, Func<CancellationToken, (SessionState, ProgramReport)> work)
    {
        var stop = new CancellationTokenSource();
        (Session, _stop) = (session, stop.Cancel);
        // A thread of its own: it waits for a process, and for models.
        _work = Task.Factory.StartNew(() => work(stop.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>The session's id.</summary>
    public string Session { get; }

    /// <summary>Whether it has ended.</summary>
    public bool IsEnded => _work.IsCompleted;

    /// <summary>Done when it has ended.</summary>
    public Task Ended => _work;

    /// <summary>Whether somebody has been given its result.</summary>
    public bool IsTaken { get; private set; }

    /// <summary>The session as it stands, and what came of the program, once it has ended.</summary>
    /// <exception cref="RecursionException">It never ran.</exception>
    public (SessionState Session, ProgramReport Report) Take()
    {
        IsTaken = true;
        return _work.GetAwaiter().GetResult();
    }

    /// <summary>Waits for its end. Cancelled while it waits, it ends the program.</summary>
    /// <returns>False when the time is over first; the program goes on then.</returns>
    public bool Wait(TimeSpan time, CancellationToken cancellationToken)
    {
        try
        {
            return _work.Wait(time, cancellationToken);
        }
        catch (AggregateException)
        {
            return true; // Result says what it was
        }
        catch (OperationCanceledException)
        {
            IsTaken = true;
            _stop();
            throw;
        }
    }
}
