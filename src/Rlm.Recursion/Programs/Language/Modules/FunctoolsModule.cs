using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Modules;

/// <summary><c>functools</c>: reduce, partial, cmp_to_key, cache, lru_cache, wraps.</summary>
internal static class FunctoolsModule
{
    private static readonly PyClass KeyType = new("functools.KeyWrapper", Types.Object) { Members = new PyDict() };

    public static PyModule Make() => new("functools", new Dictionary<string, object>
    {
        ["reduce"] = new PyNative("reduce", Reduce),
        ["partial"] = new PyNative("partial", (_, args) => args.Count > 0 ? Partial(args) : throw Raise.Type("type 'partial' takes at least one argument")),
        ["cmp_to_key"] = new PyNative("cmp_to_key", (_, args) => KeyOf(args.One("cmp_to_key"))),
        ["cache"] = new PyNative("cache", (machine, args) => Cached(args.One("cache"), long.MaxValue)),
        ["lru_cache"] = new PyNative("lru_cache", LruCache),
        ["wraps"] = new PyNative("wraps", (_, _) => new PyNative("wraps", (_, args) => args.One("wraps"))),
    });

    private static object Reduce(Machine machine, Args args)
    {
        var given = args.Between("reduce", 2, 3);
        var total = given[2];
        if (given[1] is not (PyList or PyTuple or LazyList or string or PyDict or PySet or PyIterator or PyRange or PyDictView or PyDeque or PyInstance)) throw Raise.Type("reduce() arg 2 must support iteration");
        foreach (var item in Iterating.Each(machine, given[1]!)) total = total is null ? item : Calls.Call(machine, given[0]!, total, item);
        return total ?? throw Raise.Type("reduce() of empty iterable with no initial value");
    }

    private static PyNative Partial(Args first) => new("partial", (machine, more) =>
    {
        var named = first.Named.ToDictionary(argument => argument.Name, argument => argument.Value);
        foreach (var (name, value) in more.Named) named[name] = value;
        return Calls.Call(machine, first[0], new Args([.. first.Items[1..first.Count], .. more.Positional, .. named.Values], named.Count == 0 ? null : [.. named.Keys]));
    });

    // Keys compare by calling the function: as instances of a class with the six operators.
    private static PyNative KeyOf(object compare)
    {
        var members = new PyDict();
        foreach (var (method, sign) in new[] { ("__lt__", "<"), ("__le__", "<="), ("__gt__", ">"), ("__ge__", ">=") })
            members.Put(method, new PyDescriptor("compare", new PyNative(method, (machine, args) => Box.Of(Comparing.Less(machine, sign, Calls.Call(machine, compare, ((PyInstance)args[0]).Fields["obj"], ((PyInstance)args[1]).Fields["obj"]), Box.Of(0))))));
        members.Put("__eq__", new PyDescriptor("compare", new PyNative("__eq__", (machine, args) => Box.Of(Comparing.Equal(Calls.Call(machine, compare, ((PyInstance)args[0]).Fields["obj"], ((PyInstance)args[1]).Fields["obj"]), Box.Of(0))))));
        var type = new PyClass("functools.KeyWrapper", KeyType) { Members = members };
        return new PyNative("K", (_, args) =>
        {
            var key = new PyInstance(type);
            key.Fields["obj"] = args.One("K");
            return key;
        });
    }

    private static object LruCache(Machine machine, Args args)
    {
        var given = args.Bind("lru_cache", 0, "maxsize", "typed");
        if (given[0] is { } function and not (long or bool or PyNone)) return Cached(function, 128);
        var size = given[0] is null ? 128 : given[0] is PyNone ? long.MaxValue : Indexes.Of(given[0]!);
        return new PyNative("lru_cache", (_, inner) => Cached(inner.One("lru_cache"), size));
    }

    private static PyNative Cached(object function, long size)
    {
        var known = new PyDict();
        return new PyNative("cached", (machine, args) =>
        {
            var key = new PyTuple([.. args.Positional, .. args.Named.SelectMany(argument => new[] { argument.Name, argument.Value })]);
            if (known.TryGet(key, out var value))
            {
                if (size != long.MaxValue) known.Move(key, last: true);
                return value;
            }
            value = Calls.Call(machine, function, args);
            if (size <= 0) return value;
            known.Set(machine, key, value);
            if (known.Count > size) known.Remove(known.Entries.First().Key, out _);
            return value;
        });
    }
}
