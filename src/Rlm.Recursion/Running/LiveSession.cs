using Rlm.Recursion.Sessions;

namespace Rlm.Recursion.Running;

/// <summary>A session that this process runs, or holds open for a client's sub-agents.</summary>
internal sealed class LiveSession(Session session, SessionTree tree, IDisposable? right, CancellationTokenSource stop)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Session Session { get; } = session;

    public SessionTree Tree { get; } = tree;

    /// <summary>Cancelled by the client, or with the parent or the process.</summary>
    public CancellationTokenSource Stop { get; } = stop;

    /// <summary>Whether a client cancelled it: an end of the process leaves it to be gone on with.</summary>
    public bool IsCancelled { get; set; }

    /// <summary>What the caller got wrong, when that was found before anything was spent.</summary>
    public RecursionException? Fault { get; set; }

    /// <summary>Done when nothing more happens to it in this process.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Lets waiters go.</summary>
    public void End()
    {
        right?.Dispose();
        _ended.TrySetResult();
    }
}
