using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Builtins;

/// <summary>Python's stable sort, which only asks <c>&lt;</c>: a merge sort, cancelled like any loop. Comparisons that contradict themselves do no harm.</summary>
internal static class Sorting
{
    private const int ShortList = 64;

    public static List<object> Sort(Machine machine, List<object> items, object? key, bool isReversed)
    {
        machine.ChargeElements(items.Count);
        var entries = new (object Key, object Value)[items.Count];
        for (var index = 0; index < entries.Length; index++)
        {
            machine.Tick();
            entries[index] = (key is null or PyNone ? items[index] : Calls.Call(machine, key, items[index]), items[index]);
        }
        // A reversed sort keeps the order of equals: reverse, sort, reverse.
        if (isReversed) Array.Reverse(entries);
        Merge(machine, entries);
        if (isReversed) Array.Reverse(entries);
        return [.. entries.Select(entry => entry.Value)];
    }

    private static void Merge(Machine machine, (object Key, object Value)[] entries)
    {
        if (entries.Length < 2) return;
        if (Uniform(entries) is { } comparer)
        {
            machine.Tick(entries.Length * 2L);
            var sorted = entries.Order(comparer).ToArray();
            sorted.CopyTo(entries, 0);
            return;
        }
        if (entries.Length < ShortList)
        {
            Insert(machine, entries);
            return;
        }
        var other = new (object Key, object Value)[entries.Length];
        for (var width = 1; width < entries.Length; width *= 2)
        {
            for (var start = 0; start < entries.Length; start += 2 * width) MergeRuns(machine, entries, other, start, Math.Min(start + width, entries.Length), Math.Min(start + 2 * width, entries.Length));
            other.CopyTo(entries, 0);
        }
    }

    // CPython's way with short lists, comparison by comparison: which pair is compared first shows in errors, and in what a program's own __lt__ does.
    private static void Insert(Machine machine, (object Key, object Value)[] entries)
    {
        var run = 2;
        var falling = Less(machine, entries[1].Key, entries[0].Key);
        while (run < entries.Length && Less(machine, entries[run].Key, entries[run - 1].Key) == falling) run++;
        if (falling) Array.Reverse(entries, 0, run);
        for (var next = run; next < entries.Length; next++)
        {
            var (low, high, pivot) = (0, next, entries[next]);
            while (low < high)
            {
                machine.Tick();
                var middle = low + (high - low) / 2;
                if (Less(machine, pivot.Key, entries[middle].Key)) high = middle;
                else low = middle + 1;
            }
            Array.Copy(entries, low, entries, low + 1, next - low);
            entries[low] = pivot;
        }
    }

    private static void MergeRuns(Machine machine, (object Key, object Value)[] from, (object Key, object Value)[] to, int left, int middle, int end)
    {
        int first = left, second = middle;
        for (var at = left; at < end; at++)
        {
            machine.Tick();
            if (first < middle && (second >= end || !Less(machine, from[second].Key, from[first].Key))) to[at] = from[first++];
            else to[at] = from[second++];
        }
    }

    private static bool Less(Machine machine, object left, object right) => left is long a && right is long b ? a < b : Comparing.Less(machine, "<", left, right);

    // All ints, or all strings: the common case needs no Python comparison.
    private static Comparer<(object Key, object Value)>? Uniform((object Key, object Value)[] entries)
    {
        if (entries.All(entry => entry.Key is long)) return Comparer<(object Key, object Value)>.Create((left, right) => ((long)left.Key).CompareTo((long)right.Key));
        if (entries.All(entry => entry.Key is string)) return Comparer<(object Key, object Value)>.Create((left, right) => Comparing.OrderText((string)left.Key, (string)right.Key));
        return null;
    }
}
