using Rlm.Recursion.Sessions;

namespace Rlm.Recursion.Running;

/// <summary>A session that this process runs, or has open for as long as a call of the client's sub-agents takes.</summary>
internal sealed class LiveSession(Session session, SessionTree tree, IDisposable? right, CancellationTokenSource stop, bool isAtWork)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously), _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Session Session { get; } = session;

    public SessionTree Tree { get; } = tree;

    /// <summary>Cancelled by the client, or with the parent or the process.</summary>
    public CancellationTokenSource Stop { get; } = stop;

    /// <summary>Whether a task of this process runs it: that task then ends it, whoever asked for the end.</summary>
    public bool IsAtWork { get; set; } = isAtWork;

    /// <summary>What the caller got wrong, when that was found before anything was spent.</summary>
    public RecursionException? Fault { get; set; }

    /// <summary>Done when it needs the client, or nothing more happens to it in this process.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Gives the right to run it back and lets waiters go. True the first time.</summary>
    public bool End()
    {
        right?.Dispose();
        return _ended.TrySetResult();
    }
}
