namespace Rlm.Context.Index;

/// <summary>Which segments to merge: some of one kind and about one size, so that every posting is written again a few times at most, or one that is mostly dead.</summary>
internal static class MergePolicy
{
    /// <summary>So many of one tier are merged.</summary>
    public const int PerTier = 8;

    // Enough for the largest repository in one segment. A posting takes six bytes at most, so that posting lists stay below the 4 GB that a dictionary's entry can tell.
    private const long MaxPairs = 1L << 29, SmallestTier = 1 << 14;

    /// <summary>The segments to make one of; none when all is well.</summary>
    public static List<WrittenSegment> Choose(List<WrittenSegment> segments)
    {
        foreach (var tier in segments.GroupBy(segment => (segment.Info.Kind, TierOf(segment.LivePairs))).OrderBy(tier => tier.Key))
            if (Fitting(tier) is { Count: >= PerTier } chosen) return chosen;
        return segments.Where(segment => segment.Dead.Count * 2 > segment.Info.Items).Take(1).ToList();
    }

    private static List<WrittenSegment> Fitting(IEnumerable<WrittenSegment> tier)
    {
        long pairs = 0, items = 0;
        return tier.TakeWhile(segment => (pairs += segment.LivePairs) <= MaxPairs && (items += segment.Info.Items) < int.MaxValue / 2).ToList();
    }

    private static int TierOf(long pairs) => (int)Math.Log(Math.Max(1, pairs / SmallestTier), PerTier);
}
