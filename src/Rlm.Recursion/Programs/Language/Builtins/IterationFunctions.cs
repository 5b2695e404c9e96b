using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Builtins;

/// <summary>Built-in functions about iterables.</summary>
internal static class IterationFunctions
{
    public static readonly Dictionary<string, Native> All = new()
    {
        ["all"] = (machine, args) => Box.Of(Iterating.Each(machine, args.One("all")).All(item => Truth.Of(machine, item))),
        ["any"] = (machine, args) => Box.Of(Iterating.Each(machine, args.One("any")).Any(item => Truth.Of(machine, item))),
        ["sum"] = Sum,
        ["min"] = (machine, args) => Extreme(machine, args, "min", "<"),
        ["max"] = (machine, args) => Extreme(machine, args, "max", ">"),
        ["sorted"] = (machine, args) =>
        {
            if (args.Count != 1) throw Raise.Type($"sorted expected 1 argument, got {args.Count}");
            var given = args.Bind("sorted", 1, "/iterable", "*key", "*reverse");
            return new PyList(Sorting.Sort(machine, Iterating.Collect(machine, given[0]!), given[1], given[2] is { } reverse && Truth.Of(machine, reverse)));
        },
        ["reversed"] = (machine, args) => Reversed(machine, args.One("reversed")),
        ["enumerate"] = (machine, args) =>
        {
            var given = args.Bind("enumerate", 1, "iterable", "start");
            return Lazy("enumerate", Enumerate(machine, Iterating.Over(machine, given[0]!), given[1] ?? Box.Of(0)));
        },
        ["zip"] = Zip,
        ["map"] = (machine, args) =>
        {
            args.NoNames("map");
            if (args.Count < 2) throw Raise.Type("map() must have at least two arguments.");
            return Lazy("map", Map(machine, args[0], [.. args.Items[1..].Select(source => Iterating.Over(machine, source))]));
        },
        ["filter"] = (machine, args) => args.Between("filter", 2, 2) is var given ? Lazy("filter", Filter(machine, given[0]!, Iterating.Over(machine, given[1]!))) : PyNone.Value,
    };

    public static SequenceIterator Lazy(string type, IEnumerable<object> values) => new(type, values.GetEnumerator());

    private static object Sum(Machine machine, Args args)
    {
        var given = args.Bind("sum", 1, "/iterable", "start");
        if (given[1] is string) throw Raise.Type("sum() can't sum strings [use ''.join(seq) instead]");
        var total = given[1] ?? Box.Of(0);
        foreach (var item in Iterating.Each(machine, given[0]!)) total = total is long a && item is long b && Syntax.BinaryExpr.Quick('+', a, b) is { } quick ? quick : Arith.Binary(machine, "+", total, item);
        return total;
    }

    private static object Extreme(Machine machine, Args args, string name, string sign)
    {
        object? key = null, otherwise = null;
        foreach (var (option, value) in args.Named)
            if (option == "key") key = value is PyNone ? null : value;
            else if (option == "default") otherwise = value;
            else throw Raise.Type($"'{option}' is an invalid keyword argument for {name}()");
        if (args.Count == 0) throw Raise.Type($"{name} expected at least 1 argument, got 0");
        if (args.Count > 1 && otherwise is not null) throw Raise.Type($"Cannot specify a default for {name}() with multiple positional arguments");
        object? best = null, bestKey = null;
        foreach (var item in args.Count == 1 ? Iterating.Each(machine, args[0]) : args.Positional.ToArray())
        {
            var own = key is null ? item : Calls.Call(machine, key, item);
            if (best is null || Comparing.Less(machine, sign, own, bestKey!)) (best, bestKey) = (item, own);
        }
        return best ?? otherwise ?? throw Raise.Value($"{name}() arg is an empty sequence");
    }

    private static SequenceIterator Reversed(Machine machine, object value)
    {
        switch (value)
        {
            case PyList or PyTuple or string or LazyList:
                var items = value is string ? Iterating.Collect(machine, value) : Iterating.Items(value);
                return Lazy(value is PyList ? "list_reverseiterator" : "reversed", Backwards(items));
            case PyRange range:
                return Lazy("range_iterator", Enumerable.Range(0, int.MaxValue).TakeWhile(index => index < range.Count).Select(index => range[range.Count - 1 - index]));
            case PyDict dict:
                return Lazy("dict_reversekeyiterator", dict.Entries.Select(entry => entry.Key).Reverse());
            case PyDictView view:
                return Lazy("dict_reverseiterator", view.Dict.Entries.Select(entry => view.Of(entry.Key, entry.Value)).Reverse());
            case PyDeque deque:
                return Lazy("_collections._deque_reverse_iterator", deque.Items.Reverse());
            default:
                throw Raise.Type($"'{Types.NameOf(value)}' object is not reversible");
        }
    }

    private static IEnumerable<object> Backwards(IReadOnlyList<object> items)
    {
        for (var index = items.Count - 1; index >= 0; index--)
            if (index < items.Count) yield return items[index];
    }

    private static IEnumerable<object> Enumerate(Machine machine, PyIterator source, object number)
    {
        while (source.Next(machine, out var item))
        {
            machine.Tick();
            yield return PyTuple.Of(number, item);
            number = Arith.Binary(machine, "+", number, Box.Of(1));
        }
    }

    private static object Zip(Machine machine, Args args)
    {
        var strict = false;
        foreach (var (name, value) in args.Named)
            if (name == "strict") strict = Truth.Of(machine, value);
            else throw Raise.Type($"zip() got an unexpected keyword argument '{name}'");
        return Lazy("zip", Zipped(machine, [.. args.Positional.ToArray().Select((source, index) => ZipSource(machine, source, index))], strict));
    }

    private static PyIterator ZipSource(Machine machine, object source, int index)
    {
        _ = index;
        return Iterating.Over(machine, source);
    }

    private static IEnumerable<object> Zipped(Machine machine, PyIterator[] sources, bool strict)
    {
        while (sources.Length > 0)
        {
            machine.Tick();
            var items = new object[sources.Length];
            for (var index = 0; index < sources.Length; index++)
            {
                if (sources[index].Next(machine, out items[index])) continue;
                if (strict) Uneven(machine, sources, index);
                yield break;
            }
            yield return new PyTuple(items);
        }
    }

    private static void Uneven(Machine machine, PyIterator[] sources, int ended)
    {
        if (ended > 0) throw Raise.Value($"zip() argument {ended + 1} is shorter than argument{(ended == 1 ? " 1" : $"s 1-{ended}")}");
        for (var index = 1; index < sources.Length; index++)
            if (sources[index].Next(machine, out _)) throw Raise.Value($"zip() argument {index + 1} is longer than argument{(index == 1 ? " 1" : $"s 1-{index}")}");
    }

    private static IEnumerable<object> Map(Machine machine, object function, PyIterator[] sources)
    {
        while (true)
        {
            machine.Tick();
            var items = new object[sources.Length];
            for (var index = 0; index < sources.Length; index++)
                if (!sources[index].Next(machine, out items[index])) yield break;
            yield return Calls.Call(machine, function, new Args(items));
        }
    }

    private static IEnumerable<object> Filter(Machine machine, object function, PyIterator source)
    {
        while (source.Next(machine, out var item))
        {
            machine.Tick();
            if (Truth.Of(machine, function is PyNone ? item : Calls.Call(machine, function, item))) yield return item;
        }
    }
}
