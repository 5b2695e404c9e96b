using Rlm.Context.Files;
using Rlm.Context.Outlines;
using Rlm.Context.Outlines.Providers;

namespace Rlm.Context.Index.Building;

/// <summary>Divides files among the calls of those who outline them: one by one where that is built in, by the megabyte where each call starts a process.</summary>
internal static class OutlineBatches
{
    /// <summary>The batches, each with files in the order given.</summary>
    public static List<IReadOnlyList<T>> Of<T>(IEnumerable<T> items, Func<T, FileEntry> fileOf, OutlineProviders providers)
    {
        var batches = new List<IReadOnlyList<T>>();
        var open = new List<T>();
        long size = 0;
        foreach (var item in items)
        {
            var file = fileOf(item);
            if (!providers.IsBatched(file.Language))
            {
                batches.Add([item]);
                continue;
            }
            if (open.Count == ProviderLimits.BatchFiles || (open.Count > 0 && size + file.Stamp.Bytes > ProviderLimits.BatchBytes))
            {
                batches.Add(open);
                (open, size) = ([], 0);
            }
            open.Add(item);
            size += file.Stamp.Bytes;
        }
        if (open.Count > 0) batches.Add(open);
        return batches;
    }
}
