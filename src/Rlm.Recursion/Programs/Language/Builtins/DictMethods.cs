using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Builtins;

/// <summary>Methods of dict and its views.</summary>
internal static class DictMethods
{
    public static readonly Dictionary<string, Method> Views = new()
    {
        ["isdisjoint"] = (machine, self, args) => Box.Of(SetOps.Intersection(machine, SetOps.From(self), args.One("isdisjoint")).Count == 0),
        ["mapping"] = (_, self, _) => ((PyDictView)self).Dict,
    };

    public static readonly Dictionary<string, Method> All = new()
    {
        ["get"] = Get,
        ["keys"] = (_, self, args) => View(self, args, "keys"),
        ["values"] = (_, self, args) => View(self, args, "values"),
        ["items"] = (_, self, args) => View(self, args, "items"),
        ["pop"] = Pop,
        ["popitem"] = (_, self, args) => PopItem((PyDict)self, true),
        ["setdefault"] = SetDefault,
        ["update"] = (machine, self, args) =>
        {
            if (args.Count > 1) throw Raise.Type($"update expected at most 1 argument, got {args.Count}");
            if (args.Count == 1) Update(machine, (PyDict)self, args[0]);
            foreach (var (name, value) in args.Named) ((PyDict)self).Set(machine, name, value);
            return PyNone.Value;
        },
        ["clear"] = (_, self, args) =>
        {
            ((PyDict)self).Clear();
            return PyNone.Value;
        },
        ["copy"] = (machine, self, args) => Copy(machine, (PyDict)self),
        ["fromkeys"] = (machine, self, args) => FromKeys(machine, Types.Of(self), args),
    };

    public static readonly Dictionary<string, Method> Ordered = new(All)
    {
        ["popitem"] = (machine, self, args) => PopItem((PyDict)self, args.Bind("popitem", 0, "last")[0] is not { } last || Truth.Of(machine, last)),
        ["move_to_end"] = (machine, self, args) =>
        {
            var given = args.Bind("move_to_end", 1, "key", "last");
            if (!((PyDict)self).Has(given[0]!)) throw Raise.Key(given[0]!);
            machine.Tick(((PyDict)self).Count);
            ((PyDict)self).Move(given[0]!, given[1] is null || Truth.Of(machine, given[1]!));
            return PyNone.Value;
        },
    };

    /// <summary>What <c>d[key]</c> gives when there is no such key.</summary>
    public static object Missing(Machine machine, PyDict dict, object key)
    {
        if (dict.Kind == DictKind.Counter) return Box.Of(0);
        if (dict is not { Kind: DictKind.Default, Factory: { } factory }) throw Raise.Key(key);
        var value = Calls.Call(machine, factory, Args.None);
        dict.Set(machine, key, value);
        return value;
    }

    /// <summary>Takes over the entries of a dict, or pairs.</summary>
    public static void Update(Machine machine, PyDict target, object other)
    {
        if (other is PyDict dict)
        {
            foreach (var (key, value) in dict.Entries.ToArray())
            {
                machine.Tick();
                target.Set(machine, key, value);
            }
            return;
        }
        var index = 0;
        foreach (var item in Iterating.Each(machine, other))
        {
            if (item is not (PyList or PyTuple or string or LazyList or PySet)) throw Raise.Type($"cannot convert dictionary update sequence element #{index} to a sequence");
            var pair = Iterating.Collect(machine, item);
            if (pair.Count != 2) throw Raise.Value($"dictionary update sequence element #{index} has length {pair.Count}; 2 is required");
            target.Set(machine, pair[0], pair[1]);
            index++;
        }
    }

    public static PyDict Copy(Machine machine, PyDict dict)
    {
        var copy = new PyDict(dict.Kind) { Factory = dict.Factory };
        Update(machine, copy, dict);
        return copy;
    }

    public static PyDict FromKeys(Machine machine, PyClass type, Args args)
    {
        var given = args.Between("fromkeys", 1, 2);
        if (ReferenceEquals(type, Types.Counter)) throw Raise.Error("NotImplementedError", "Counter.fromkeys() is undefined.  Use Counter(iterable) instead.");
        var made = new PyDict(ReferenceEquals(type, Types.OrderedDict) ? DictKind.Ordered : ReferenceEquals(type, Types.DefaultDict) ? DictKind.Default : DictKind.Plain);
        foreach (var key in Iterating.Each(machine, given[0]!)) made.Set(machine, key, given[1] ?? PyNone.Value);
        return made;
    }

    private static PyDictView View(object self, Args args, string kind)
    {
        args.Zero(kind);
        return new PyDictView((PyDict)self, "dict_" + kind);
    }

    private static object Get(Machine machine, object self, Args args)
    {
        if (args.Items.Length is 0 or > 2 || args.Names is not null) args.Between("get", 1, 2);
        return ((PyDict)self).TryGet(args[0], out var found) ? found : args.Items.Length > 1 ? args[1] : PyNone.Value;
    }

    private static object Pop(Machine machine, object self, Args args)
    {
        var given = args.Between("pop", 1, 2);
        return ((PyDict)self).Remove(given[0]!, out var found) ? found : given[1] ?? throw Raise.Key(given[0]!);
    }

    private static PyTuple PopItem(PyDict dict, bool last)
    {
        if (dict.Count == 0) throw Raise.Key(dict.Kind == DictKind.Ordered ? "dictionary is empty" : "popitem(): dictionary is empty");
        var (key, value) = last ? (dict.At(dict.Places - 1).Key!, dict.At(dict.Places - 1).Value) : dict.Entries.First();
        dict.Remove(key, out _);
        return PyTuple.Of(key, value);
    }

    private static object SetDefault(Machine machine, object self, Args args)
    {
        var given = args.Between("setdefault", 1, 2);
        if (((PyDict)self).TryGet(given[0]!, out var found)) return found;
        ((PyDict)self).Set(machine, given[0]!, given[1] ?? PyNone.Value);
        return given[1] ?? PyNone.Value;
    }
}
