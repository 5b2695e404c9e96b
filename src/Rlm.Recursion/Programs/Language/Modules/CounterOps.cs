using System.Numerics;
using Rlm.Recursion.Programs.Language.Builtins;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Modules;

/// <summary><c>collections.Counter</c>.</summary>
internal static class CounterOps
{
    public static readonly Dictionary<string, Method> Methods = new(DictMethods.All)
    {
        ["most_common"] = (machine, self, args) =>
        {
            var limit = args.Bind("most_common", 0, "n")[0];
            var entries = MostCommon(machine, (PyDict)self).Select(entry => (object)PyTuple.Of(entry.Key, entry.Value));
            var list = limit is null or PyNone ? entries.ToList() : [.. entries.Take((int)Math.Clamp(Indexes.Of(limit), 0, int.MaxValue))];
            machine.ChargeElements(2L * list.Count);
            return new PyList(list);
        },
        ["elements"] = (machine, self, args) => IterationFunctions.Lazy("itertools.chain", Elements(machine, (PyDict)self)),
        ["total"] = (machine, self, args) => ((PyDict)self).Entries.Aggregate(Box.Of(0), (sum, entry) => Arith.Binary(machine, "+", sum, entry.Value)),
        ["update"] = (machine, self, args) =>
        {
            Count(machine, (PyDict)self, args, "+");
            return PyNone.Value;
        },
        ["subtract"] = (machine, self, args) =>
        {
            Count(machine, (PyDict)self, args, "-");
            return PyNone.Value;
        },
    };

    public static object Make(Machine machine, Args args)
    {
        var made = new PyDict(DictKind.Counter);
        Count(machine, made, args, "+");
        return made;
    }

    /// <summary>By falling count, equals in the order they came.</summary>
    public static IEnumerable<(object Key, object Value)> MostCommon(Machine machine, PyDict counter)
    {
        var pairs = counter.Entries.Select(entry => (object)PyTuple.Of(entry.Key, entry.Value)).ToList();
        var sorted = Sorting.Sort(machine, pairs, new PyNative("itemgetter", (_, args) => ((PyTuple)args[0]).Items[1]), isReversed: true);
        return sorted.Select(pair => (((PyTuple)pair).Items[0], ((PyTuple)pair).Items[1]));
    }

    public static object Binary(Machine machine, string sign, PyDict left, PyDict right)
    {
        var made = new PyDict(DictKind.Counter);
        foreach (var (key, count) in left.Entries) Keep(machine, made, key, Joined(machine, sign, count, right.TryGet(key, out var other) ? other : Box.Of(0)));
        if (sign != "&")
            foreach (var (key, count) in right.Entries)
                if (!left.Has(key)) Keep(machine, made, key, Joined(machine, sign, Box.Of(0), count));
        return made;
    }

    /// <summary>As <c>counter op= other</c>: the counter itself changes, and keeps what is positive.</summary>
    public static void InPlace(Machine machine, string sign, PyDict counter, object right)
    {
        if (sign == "&")
            foreach (var (key, count) in counter.Entries.ToArray()) counter.Set(machine, key, Joined(machine, sign, count, Subscripts.Get(machine, right, key)));
        else
            foreach (var (key, count) in (right as PyDict ?? throw Raise.Attribute(right, "items")).Entries.ToArray()) counter.Set(machine, key, Joined(machine, sign, counter.TryGet(key, out var known) ? known : Box.Of(0), count));
        foreach (var (key, count) in counter.Entries.ToArray())
            if (!Comparing.Less(machine, ">", count, Box.Of(0))) counter.Remove(key, out _);
    }

    /// <summary><c>+counter</c> keeps what is positive, <c>-counter</c> what is negative, turned.</summary>
    public static object Sign(Machine machine, PyDict counter, int sign)
    {
        var made = new PyDict(DictKind.Counter);
        foreach (var (key, count) in counter.Entries) Keep(machine, made, key, sign < 0 ? Arith.Negative(machine, count) : count);
        return made;
    }

    public static bool Equal(PyDict left, PyDict right) => left.Entries.All(entry => Comparing.Same(entry.Value, right.TryGet(entry.Key, out var other) ? other : Box.Of(0))) && right.Entries.All(entry => left.Has(entry.Key) || Comparing.Same(entry.Value, Box.Of(0)));

    public static bool Less(Machine machine, string sign, PyDict left, PyDict right)
    {
        if (sign is ">" or ">=") return Less(machine, sign == ">" ? "<" : "<=", right, left);
        var all = left.Entries.All(entry => Comparing.Less(machine, "<=", entry.Value, right.TryGet(entry.Key, out var other) ? other : Box.Of(0))) && right.Entries.All(entry => left.Has(entry.Key) || Comparing.Less(machine, "<=", Box.Of(0), entry.Value));
        return all && (sign == "<=" || !Equal(left, right));
    }

    private static object Joined(Machine machine, string sign, object left, object right) => sign switch
    {
        "+" or "-" => Arith.Binary(machine, sign, left, right),
        "|" => Comparing.Less(machine, "<", left, right) ? right : left,
        "&" => Comparing.Less(machine, "<", left, right) ? left : right,
        _ => throw Raise.Type($"unsupported operand type(s) for {sign}: 'Counter' and 'Counter'"),
    };

    private static void Keep(Machine machine, PyDict made, object key, object count)
    {
        if (Comparing.Less(machine, ">", count, Box.Of(0))) made.Set(machine, key, count);
    }

    private static void Count(Machine machine, PyDict counter, Args args, string sign)
    {
        if (args.Count > 1) throw Raise.Type($"Counter.__init__() takes from 1 to 2 positional arguments but {args.Count + 1} were given");
        if (args.Count == 1 && args[0] is PyDict other)
            foreach (var (key, count) in other.Entries.ToArray()) Add(machine, counter, key, count, sign);
        else if (args.Count == 1 && args[0] is not PyNone)
            foreach (var item in Iterating.Each(machine, args[0])) Add(machine, counter, item, Box.Of(1), sign);
        foreach (var (name, count) in args.Named) Add(machine, counter, name, count, sign);
    }

    private static void Add(Machine machine, PyDict counter, object key, object count, string sign)
    {
        if (!counter.TryGet(key, out var known)) counter.Set(machine, key, sign == "+" ? count : Arith.Binary(machine, sign, Box.Of(0), count));
        else counter.Set(machine, key, Arith.Binary(machine, sign, known, count));
    }

    private static IEnumerable<object> Elements(Machine machine, PyDict counter)
    {
        foreach (var (key, count) in counter.Entries)
            for (var index = 0L; index < Indexes.Of(count); index++)
            {
                machine.Tick();
                yield return key;
            }
    }
}
