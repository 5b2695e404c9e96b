using Rlm.Recursion.Programs.Language.Builtins;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Modules;

/// <summary>The combinatoric iterators, in CPython's order.</summary>
internal static class Combinatorics
{
    public static readonly Dictionary<string, Native> All = new()
    {
        ["product"] = Product,
        ["permutations"] = (machine, args) => args.Bind("permutations", 1, "iterable", "r") is [{ } source, var r] ? Of(machine, "permutations", source, r, repeats: false, ordered: true) : PyNone.Value,
        ["combinations"] = (machine, args) => args.Bind("combinations", 2, "iterable", "r") is [{ } source, var r] ? Of(machine, "combinations", source, r, repeats: false, ordered: false) : PyNone.Value,
        ["combinations_with_replacement"] = (machine, args) => args.Bind("combinations_with_replacement", 2, "iterable", "r") is [{ } source, var r] ? Of(machine, "combinations_with_replacement", source, r, repeats: true, ordered: false) : PyNone.Value,
    };

    private static object Product(Machine machine, Args args)
    {
        var repeat = 1L;
        foreach (var (name, value) in args.Named) repeat = name == "repeat" ? Indexes.Of(value) : throw Raise.Type("product() got an unexpected keyword argument");
        if (repeat < 0) throw Raise.Value("repeat argument cannot be negative");
        var pools = args.Positional.ToArray().Select(source => Iterating.Collect(machine, source)).ToArray();
        machine.Charge(Math.Min(long.MaxValue / 16, pools.Length * Math.Min(repeat, 1_000_000_000)) * 16);
        pools = [.. Enumerable.Repeat(pools, (int)Math.Min(repeat, int.MaxValue)).SelectMany(some => some)];
        return IterationFunctions.Lazy("itertools.product", Products(machine, pools));
    }

    private static IEnumerable<object> Products(Machine machine, List<object>[] pools)
    {
        if (pools.Any(pool => pool.Count == 0)) yield break;
        var places = new int[pools.Length];
        while (true)
        {
            machine.Tick(1 + pools.Length / 8);
            yield return new PyTuple([.. places.Select((place, index) => pools[index][place])]);
            var last = places.Length - 1;
            while (last >= 0 && ++places[last] == pools[last].Count) places[last--] = 0;
            if (last < 0) yield break;
        }
    }

    private static SequenceIterator Of(Machine machine, string name, object source, object? r, bool repeats, bool ordered)
    {
        var pool = Iterating.Collect(machine, source);
        var count = r is null or PyNone ? pool.Count : Indexes.Of(r);
        if (count < 0) throw Raise.Value("r must be non-negative");
        return IterationFunctions.Lazy("itertools." + name, count > pool.Count && !(repeats && pool.Count > 0) ? [] : Chosen(machine, pool, (int)Math.Min(count, 100_000_000), repeats, ordered));
    }

    // Odometer over places: rising for combinations, all different for permutations.
    private static IEnumerable<object> Chosen(Machine machine, List<object> pool, int count, bool repeats, bool ordered)
    {
        machine.Charge(8L * count);
        var places = new int[count];
        var used = new bool[pool.Count];
        if (!repeats)
            for (var index = 0; index < count; index++)
            {
                places[index] = index;
                used[index] = true;
            }
        while (true)
        {
            machine.Tick(1 + count / 8);
            yield return new PyTuple([.. places.Select(place => pool[place])]);
            if (!(ordered ? NextPermutation(machine, places, used) : NextCombination(places, pool.Count, repeats))) yield break;
        }
    }

    private static bool NextCombination(int[] places, int size, bool repeats)
    {
        for (var at = places.Length - 1; at >= 0; at--)
        {
            var highest = repeats ? size - 1 : size - places.Length + at;
            if (places[at] >= highest) continue;
            var value = ++places[at];
            for (var after = at + 1; after < places.Length; after++) places[after] = repeats ? value : ++value;
            return true;
        }
        return false;
    }

    private static bool NextPermutation(Machine machine, int[] places, bool[] used)
    {
        for (var at = places.Length - 1; at >= 0; at--)
        {
            used[places[at]] = false;
            var next = places[at] + 1;
            while (next < used.Length && used[next]) next++;
            machine.Tick();
            if (next >= used.Length) continue;
            places[at] = next;
            used[next] = true;
            var free = 0;
            for (var after = at + 1; after < places.Length; after++)
            {
                while (used[free]) free++;
                places[after] = free;
                used[free] = true;
            }
            return true;
        }
        return false;
    }
}
