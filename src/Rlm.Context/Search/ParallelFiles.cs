using System.Runtime.ExceptionServices;
using Rlm.Context.Files;

namespace Rlm.Context.Search;

/// <summary>Runs work over numbered files on all cores, in ascending order of start, with progress.</summary>
internal static class ParallelFiles
{
    /// <summary>Calls <paramref name="body"/> once for each index below <paramref name="count"/>; each worker has a state of its own.</summary>
    public static void Run<TState>(int count, IProgress<ContextProgress>? progress, string what, CancellationToken cancellationToken, Func<TState> state, Action<int, TState> body)
    {
        long taken = 0, done = 0;
        var batch = Math.Clamp(count / (Environment.ProcessorCount * 8), 1, 64);
        var options = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Math.Max(1, Environment.ProcessorCount) };
        void Work(int worker)
        {
            var own = state();
            while (Interlocked.Add(ref taken, batch) - batch is var from && from < count)
            {
                var to = Math.Min(from + batch, count);
                for (var index = from; index < to; index++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    body((int)index, own);
                }
                progress?.Report(new(Interlocked.Add(ref done, to - from), count, what));
            }
        }
        using var answering = ForegroundGate.Enter();
        try
        {
            Parallel.For(0, options.MaxDegreeOfParallelism, options, Work);
        }
        catch (AggregateException faults)
        {
            // The caller knows the faults of its own body, not their wrapping.
            ExceptionDispatchInfo.Throw(faults.Flatten().InnerExceptions[0]);
        }
    }
}
