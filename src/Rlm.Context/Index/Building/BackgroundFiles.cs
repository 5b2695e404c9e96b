using System.Runtime.ExceptionServices;
using Rlm.Context.Search;

namespace Rlm.Context.Index.Building;

/// <summary>A loop over files on threads of its own that steps aside for answers.</summary>
internal static class BackgroundFiles
{
    /// <summary>Calls <paramref name="body"/> once for each item, in ascending order, and <paramref name="beat"/> from the calling thread every now and then until all are done.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; or the first exception of the body, once every thread has stopped.</exception>
    public static void Run<TItem, TState>(IReadOnlyList<TItem> items, Func<TState> state, Action<TItem, TState> body, TimeSpan interval, Action<int> beat, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        int taken = -1, done = 0;
        Exception? fault = null;
        void Work()
        {
            try
            {
                var own = state();
                while (Interlocked.Increment(ref taken) is var index && index < items.Count)
                {
                    ForegroundGate.StepAside(stop.Token);
                    stop.Token.ThrowIfCancellationRequested();
                    body(items[index], own);
                    Interlocked.Increment(ref done);
                }
            }
#pragma warning disable CA1031 // thrown again by the thread that waits
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Interlocked.CompareExchange(ref fault, exception, null);
                stop.Cancel();
            }
        }
        var threads = Enumerable.Range(0, Math.Clamp(Environment.ProcessorCount, 1, 8)).Select(_ => new Thread(Work) { IsBackground = true, Name = "index" }).ToArray();
        foreach (var thread in threads) thread.Start();
        try
        {
            foreach (var thread in threads)
                while (!thread.Join(interval))
                    if (fault is null) beat(Volatile.Read(ref done));
        }
        catch
        {
            stop.Cancel();
            foreach (var thread in threads) thread.Join();
            throw;
        }
        if (fault is not null) ExceptionDispatchInfo.Throw(fault);
    }
}
