using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Rlm.Context.Outlines;

/// <summary>
/// Runs work on threads whose stack size we know, since a parser that meets deep nesting ends the whole process when its stack ends.
/// Threads are made on demand, at most one a processor, and leave after ten idle seconds. Work that is already on one runs in place.
/// </summary>
internal static class BigStack
{
    private const int StackBytes = 16 << 20;
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(10);
    private static readonly int MaxThreads = Math.Max(2, Environment.ProcessorCount);
    private static readonly BlockingCollection<Action> Queue = [];
    private static int _threads;
    private static int _idle;
    [ThreadStatic] private static bool _isOurs;

    /// <summary>Runs and waits; exceptions come out as they were thrown.</summary>
    public static T Run<T>(Func<T> work)
    {
        if (_isOurs) return work();
        T result = default!;
        ExceptionDispatchInfo? fault = null;
        using var done = new ManualResetEventSlim();
        Queue.Add(() =>
        {
            try
            {
                result = work();
            }
#pragma warning disable CA1031 // handed to the caller below
            catch (Exception exception)
#pragma warning restore CA1031
            {
                fault = ExceptionDispatchInfo.Capture(exception);
            }
            done.Set();
        });
        StartThreadIfNeeded();
        done.Wait();
        fault?.Throw();
        return result;
    }

    private static void StartThreadIfNeeded()
    {
        if (Volatile.Read(ref _idle) >= Queue.Count) return;
        if (Interlocked.Increment(ref _threads) > MaxThreads)
        {
            Interlocked.Decrement(ref _threads);
            return;
        }
        new Thread(Work, StackBytes) { IsBackground = true, Name = "outlines" }.Start();
    }

    private static void Work()
    {
        _isOurs = true;
        while (true)
        {
            Interlocked.Increment(ref _idle);
            var found = Queue.TryTake(out var work, IdleTime);
            Interlocked.Decrement(ref _idle);
            if (found) work!();
            else if (Retire()) return;
        }
    }

    // Someone may have queued work just before this thread gave up its place, counting on it.
    private static bool Retire()
    {
        Interlocked.Decrement(ref _threads);
        if (Queue.Count == 0) return true;
        if (Interlocked.Increment(ref _threads) <= MaxThreads) return false;
        Interlocked.Decrement(ref _threads);
        return true;
    }
}
