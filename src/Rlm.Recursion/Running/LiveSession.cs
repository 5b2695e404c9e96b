using Rlm.Recursion.Sessions;

namespace Rlm.Recursion.Running;

/// <summary>A session that this process runs, or holds open for a client's sub-agents.</summary>
internal sealed class LiveSession(Session session, SessionTree tree, IDisposable? right, CancellationTokenSource stop)
{
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously), _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Session Session { get; } = session;

    public SessionTree Tree { get; } = tree;

    /// <summary>Cancelled by the client, or with the parent or the process.</summary>
    public CancellationTokenSource Stop { get; } = stop;

    /// <summary>Held while briefs are handed out or submits are merged, which is one at a time.</summary>
    public Lock Turn { get; } = new();

    /// <summary>Whether a task of this process runs it: that task then ends it, whoever asked for the end.</summary>
    public bool IsAtWork { get; set; }

    /// <summary>What the caller got wrong, when that was found before anything was spent.</summary>
    public RecursionException? Fault { get; set; }

    /// <summary>Done when it needs the client, or nothing more happens to it in this process.</summary>
    public Task Settled => _settled.Task;

    /// <summary>Done when nothing more happens to it in this process.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Lets waiters go: the client's sub-agents are next.</summary>
    public void Settle() => _settled.TrySetResult();

    /// <summary>Gives the right to run it back and lets waiters go. True the first time.</summary>
    public bool End()
    {
        right?.Dispose();
        _settled.TrySetResult();
        return _ended.TrySetResult();
    }
}
