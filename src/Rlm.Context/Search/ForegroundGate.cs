namespace Rlm.Context.Search;

/// <summary>Lets work in the background step aside while an answer is being made: on few cores they would share the processor by halves.</summary>
internal static class ForegroundGate
{
    // A server that is asked without a pause still gets its index, if slowly.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);
    private static readonly ManualResetEventSlim Free = new(true);
    private static readonly Lock Gate = new();
    private static int _active;

    /// <summary>Marks the beginning of work that someone waits for, until it is disposed.</summary>
    public static Answering Enter()
    {
        lock (Gate)
            if (++_active == 1) Free.Reset();
        return default;
    }

    /// <summary>Waits, in the background, until nobody waits for anything, or for half a second.</summary>
    public static void StepAside(CancellationToken cancellationToken)
    {
        if (!Free.IsSet) Free.Wait(Patience, cancellationToken);
    }

    /// <summary>Ends what <see cref="Enter"/> began.</summary>
    public readonly struct Answering : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose()
        {
            lock (Gate)
                if (--_active == 0) Free.Set();
        }
    }
}
