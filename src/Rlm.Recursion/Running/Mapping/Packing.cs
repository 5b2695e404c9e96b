namespace Rlm.Recursion.Running.Mapping;

/// <summary>Packs units into calls, in order.</summary>
internal static class Packing
{
    /// <summary>Characters that one call is filled to.</summary>
    public const int Characters = 100_000;

    /// <summary>Output tokens that one unit's answer is given room for, so that a call's answers fit its output limit.</summary>
    public const int AnswerTokens = 64;

    /// <summary>
    /// Consecutive packs, each unit in one: as many as <c>ceil(characters / <paramref name="most"/>)</c>, or <c>ceil(units / <paramref name="units"/>)</c> where that is more. A pack holds at most
    /// <paramref name="most"/> characters and one unit more: cutting where the sum passes an even share keeps the number of calls minimal, which filling up to a hard limit does not.
    /// </summary>
    /// <param name="work">In order.</param>
    /// <param name="most">Characters.</param>
    /// <param name="units">Units in one call at most.</param>
    public static IReadOnlyList<IReadOnlyList<UnitWork>> Of(IReadOnlyList<UnitWork> work, long most, int units)
    {
        if (work.Count == 0) return [];
        var total = work.Sum(one => (long)one.Characters);
        var count = (int)Math.Max(1, Math.Min(work.Count, Math.Max(Ceiling(total, most), Ceiling(work.Count, units))));
        var packs = new List<IReadOnlyList<UnitWork>>(count);
        var (start, sum) = (0, 0L);
        for (var pack = 1; pack <= count; pack++)
        {
            var end = start;
            // What is left must fit the packs that are left, by number of units, and leave each of them one.
            int atLeast = Math.Max(start + 1, work.Count - ((count - pack) * units)), atMost = Math.Min(start + units, work.Count - (count - pack));
            while (end < atMost && (end < atLeast || pack == count || sum + (work[end].Characters / 2) < total * pack / count)) sum += work[end++].Characters;
            packs.Add([.. work.Skip(start).Take(end - start)]);
            start = end;
        }
        return packs;
    }

    private static long Ceiling(long whole, long part) => (whole + part - 1) / Math.Max(1, part);
}
