using Rlm.Context.Files;

namespace Rlm.Context.Search;

/// <summary>Work over many files on all cores, for callers outside the store.</summary>
public static class ContextWork
{
    /// <summary>Calls <paramref name="body"/> once for each index below <paramref name="count"/>, in parallel, started in ascending order.</summary>
    public static void ForEach(int count, IProgress<ContextProgress>? progress, string what, CancellationToken cancellationToken, Action<int> body) =>
        ParallelFiles.Run(count, progress, what, cancellationToken, () => 0, (index, _) => body(index));
}
