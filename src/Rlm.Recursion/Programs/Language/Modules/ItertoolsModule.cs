using Rlm.Recursion.Programs.Language.Builtins;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Modules;

/// <summary><c>itertools</c>, lazily.</summary>
internal static class ItertoolsModule
{
    public static PyModule Make()
    {
        var members = new Dictionary<string, object>();
        foreach (var (name, body) in All.Concat(Combinatorics.All)) members[name] = new PyNative(name, body);
        members["chain"] = new PyNative("chain", (machine, args) => Lazy("itertools.chain", Chained(machine, args.Items)), new Dictionary<string, object>
        {
            ["from_iterable"] = new PyNative("from_iterable", (machine, args) => Lazy("itertools.chain", Chained(machine, Iterating.Each(machine, args.One("from_iterable"))))),
        });
        return new PyModule("itertools", members);
    }

    private static readonly Dictionary<string, Native> All = new()
    {
        ["count"] = (machine, args) => args.Bind("count", 0, "start", "step") is [var start, var step] ? Lazy("itertools.count", Counting(machine, start ?? Box.Of(0), step ?? Box.Of(1))) : PyNone.Value,
        ["repeat"] = (machine, args) => args.Bind("repeat", 1, "object", "times") is [{ } value, var times] ? Lazy("itertools.repeat", Repeated(value, times is null ? long.MaxValue : Indexes.Of(times))) : PyNone.Value,
        ["cycle"] = (machine, args) => Lazy("itertools.cycle", Cycled(machine, Iterating.Over(machine, args.One("cycle")))),
        ["islice"] = Slice,
        ["takewhile"] = (machine, args) => args.Between("takewhile", 2, 2) is [{ } test, { } source] ? Lazy("itertools.takewhile", Each(machine, source).TakeWhile(item => Truth.Of(machine, Calls.Call(machine, test, item)))) : PyNone.Value,
        ["dropwhile"] = (machine, args) => args.Between("dropwhile", 2, 2) is [{ } test, { } source] ? Lazy("itertools.dropwhile", Each(machine, source).SkipWhile(item => Truth.Of(machine, Calls.Call(machine, test, item)))) : PyNone.Value,
        ["filterfalse"] = (machine, args) => args.Between("filterfalse", 2, 2) is [{ } test, { } source] ? Lazy("itertools.filterfalse", Each(machine, source).Where(item => !Truth.Of(machine, test is PyNone ? item : Calls.Call(machine, test, item)))) : PyNone.Value,
        ["starmap"] = (machine, args) => args.Between("starmap", 2, 2) is [{ } function, { } source] ? Lazy("itertools.starmap", Each(machine, source).Select(item => Calls.Call(machine, function, new Args([.. Iterating.Collect(machine, item)])))) : PyNone.Value,
        ["compress"] = (machine, args) => args.Bind("compress", 2, "data", "selectors") is [{ } data, { } selectors] ? Lazy("itertools.compress", Each(machine, data).Zip(Each(machine, selectors)).Where(pair => Truth.Of(machine, pair.Second)).Select(pair => pair.First)) : PyNone.Value,
        ["pairwise"] = (machine, args) => Lazy("itertools.pairwise", Pairs(machine, args.One("pairwise"))),
        ["accumulate"] = (machine, args) => args.Bind("accumulate", 1, "iterable", "func", "*initial") is [{ } source, var function, var initial] ? Lazy("itertools.accumulate", Accumulated(machine, source, function is PyNone ? null : function, initial is PyNone ? null : initial)) : PyNone.Value,
        ["zip_longest"] = Longest,
        ["groupby"] = (machine, args) => args.Bind("groupby", 1, "iterable", "key") is [{ } source, var key] ? Lazy("itertools.groupby", new Grouping(machine, Iterating.Over(machine, source), key is PyNone ? null : key).Groups()) : PyNone.Value,
        ["tee"] = Tee,
    };

    private static SequenceIterator Lazy(string type, IEnumerable<object> values) => IterationFunctions.Lazy(type, values);

    // Asked for its iterator at once, so that what is not iterable fails where it is written.
    private static IEnumerable<object> Each(Machine machine, object source)
    {
        var iterator = Iterating.Over(machine, source);
        return Iterating.Each(machine, iterator);
    }

    private static IEnumerable<object> Chained(Machine machine, IEnumerable<object> sources)
    {
        foreach (var source in sources)
            foreach (var item in Iterating.Each(machine, source)) yield return item;
    }

    private static IEnumerable<object> Counting(Machine machine, object number, object step)
    {
        while (true)
        {
            machine.Tick();
            yield return number;
            number = Arith.Binary(machine, "+", number, step);
        }
    }

    private static IEnumerable<object> Repeated(object value, long times)
    {
        for (var index = 0L; index < times; index++) yield return value;
    }

    private static IEnumerable<object> Cycled(Machine machine, PyIterator source)
    {
        var kept = new List<object>();
        while (source.Next(machine, out var item))
        {
            machine.Charge(PyList.ElementBytes);
            kept.Add(item);
            yield return item;
        }
        while (kept.Count > 0)
            foreach (var item in kept)
            {
                machine.Tick();
                yield return item;
            }
    }

    private static object Slice(Machine machine, Args args)
    {
        var given = args.Between("islice", 2, 4);
        var (start, stop, step) = given[2] is null ? (0L, Bound(given[1]!, long.MaxValue), 1L) : (Bound(given[1]!, 0), Bound(given[2]!, long.MaxValue), given[3] is null ? 1 : Bound(given[3]!, 1));
        if (step < 1) throw Raise.Value("Step for islice() must be a positive integer or None.");
        return Lazy("itertools.islice", Sliced(machine, Iterating.Over(machine, given[0]!), start, stop, step));
    }

    private static long Bound(object value, long otherwise) => value is PyNone ? otherwise : Indexes.IsInt(value) && Indexes.Of(value) >= 0 ? Indexes.Of(value) : throw Raise.Value("Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.");

    // Takes no more from the source than it gives or skips.
    private static IEnumerable<object> Sliced(Machine machine, PyIterator source, long start, long stop, long step)
    {
        var next = start;
        var index = 0L;
        while (next < stop)
        {
            object item;
            do
            {
                machine.Tick();
                if (!source.Next(machine, out item)) yield break;
            }
            while (index++ < next);
            yield return item;
            next = next > long.MaxValue - step ? long.MaxValue : next + step;
        }
        for (; stop != long.MaxValue && index < stop; index++)
        {
            machine.Tick();
            if (!source.Next(machine, out _)) yield break;
        }
    }

    private static IEnumerable<object> Pairs(Machine machine, object source)
    {
        object? last = null;
        foreach (var item in Each(machine, source))
        {
            if (last is not null) yield return PyTuple.Of(last, item);
            last = item;
        }
    }

    private static IEnumerable<object> Accumulated(Machine machine, object source, object? function, object? total)
    {
        if (total is not null) yield return total;
        foreach (var item in Each(machine, source))
        {
            total = total is null ? item : function is null ? Arith.Binary(machine, "+", total, item) : Calls.Call(machine, function, total, item);
            yield return total;
        }
    }

    private static object Longest(Machine machine, Args args)
    {
        object fill = PyNone.Value;
        foreach (var (name, value) in args.Named) fill = name == "fillvalue" ? value : throw Raise.Type("zip_longest() got an unexpected keyword argument");
        return Lazy("itertools.zip_longest", Filled(machine, [.. args.Positional.ToArray().Select(source => Iterating.Over(machine, source))], fill));
    }

    private static IEnumerable<object> Filled(Machine machine, PyIterator?[] sources, object fill)
    {
        while (true)
        {
            machine.Tick();
            var items = new object[sources.Length];
            for (var index = 0; index < sources.Length; index++)
                if (sources[index] is not { } source || !source.Next(machine, out items[index]))
                {
                    items[index] = fill;
                    sources[index] = null;
                }
            if (Array.TrueForAll(sources, source => source is null)) yield break;
            yield return new PyTuple(items);
        }
    }

    private static object Tee(Machine machine, Args args)
    {
        var given = args.Between("tee", 1, 2);
        var source = Iterating.Over(machine, given[0]!);
        var kept = new List<object>();
        return new PyTuple([.. Enumerable.Range(0, (int)Math.Clamp(given[1] is null ? 2 : Indexes.Of(given[1]!), 0, 1000)).Select(_ => (object)Lazy("itertools._tee", Shared(machine, source, kept)))]);
    }

    private static IEnumerable<object> Shared(Machine machine, PyIterator source, List<object> kept)
    {
        for (var index = 0; ; index++)
        {
            if (index == kept.Count)
            {
                if (!source.Next(machine, out var item)) yield break;
                machine.Charge(PyList.ElementBytes);
                kept.Add(item);
            }
            yield return kept[index];
        }
    }
}
