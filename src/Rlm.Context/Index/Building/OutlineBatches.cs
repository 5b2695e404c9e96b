using Rlm.Context.Outlines;
using Rlm.Context.Outlines.Providers;

namespace Rlm.Context.Index.Building;

/// <summary>Divides files among the calls of those who outline them: one by one where that is built in, by the megabyte where each call starts a process.</summary>
internal static class OutlineBatches
{
    /// <summary>The batches, each with files in the order given.</summary>
    /// <param name="items">The files.</param>
    /// <param name="fileOf">Language and size of each.</param>
    /// <param name="providers">Who outlines them.</param>
    public static List<IReadOnlyList<T>> Of<T>(IEnumerable<T> items, Func<T, (string Language, long Bytes)> fileOf, OutlineProviders providers)
    {
        var batches = new List<IReadOnlyList<T>>();
        var open = new List<T>();
        long size = 0;
        foreach (var item in items)
        {
            var (language, bytes) = fileOf(item);
            if (!providers.IsBatched(language))
            {
                batches.Add([item]);
                continue;
            }
            if (open.Count == ProviderLimits.BatchFiles || (open.Count > 0 && size + bytes > ProviderLimits.BatchBytes))
            {
                batches.Add(open);
                (open, size) = ([], 0);
            }
            open.Add(item);
            size += bytes;
        }
        if (open.Count > 0) batches.Add(open);
        return batches;
    }
}
