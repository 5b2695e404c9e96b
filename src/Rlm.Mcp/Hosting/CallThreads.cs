namespace Rlm.Mcp.Hosting;

/// <summary>
/// Runs tool calls on threads of their own with a known stack, so many at a time; the others wait without a thread. The thread pool stays free,
/// which keeps the protocol answering while calls are slow. A call that is cancelled is given up at once; its thread ends when the tool notices.
/// </summary>
/// <param name="width">Calls at work at the same time.</param>
#pragma warning disable CA1001 // The semaphore is never disposed: a call that was given up still gives its place back, after everybody else has left.
internal sealed class CallThreads(int width)
#pragma warning restore CA1001
{
    private const int StackBytes = 16 << 20; // for deep syntax trees; reserved, not used
    private const int MaxWaiting = 1_000;

    private readonly SemaphoreSlim _places = new(width, width);
    private int _waiting;

    /// <summary>Runs it and gives its result, or null without having run it when too many wait already.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before it was done.</exception>
    public async Task<T?> RunAsync<T>(string name, Func<T> work, CancellationToken cancellationToken) where T : class
    {
        if (Interlocked.Increment(ref _waiting) > MaxWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return null;
        }
        try
        {
            await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
        return await StartAsync(name, work).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Calls at work.</summary>
    public int Busy => width - _places.CurrentCount;

    private Task<T> StartAsync<T>(string name, Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = done.Task.ContinueWith(static task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default); // observed even if given up
        try
        {
            new Thread(() => Run(work, done), StackBytes) { IsBackground = true, Name = name }.Start();
        }
        catch
        {
            _places.Release();
            throw;
        }
        return done.Task;
    }

    private void Run<T>(Func<T> work, TaskCompletionSource<T> done)
    {
        try
        {
            done.SetResult(work());
        }
        catch (OperationCanceledException cancelled)
        {
            done.SetCanceled(cancelled.CancellationToken);
        }
        catch (Exception fault)
        {
            done.SetException(fault);
        }
        finally
        {
            _places.Release();
        }
    }
}
