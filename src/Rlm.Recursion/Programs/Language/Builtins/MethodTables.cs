using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Builtins;

/// <summary>The methods of built-in types by name. What is not listed does not exist.</summary>
internal static class MethodTables
{
    private static readonly Dictionary<string, Method> Int = NumberMethods.Ints, Float = NumberMethods.Floats, Range = SequenceMethods.Ranges, Tuple = SequenceMethods.Tuples, Frozen = SetMethods.Frozen;

    public static Method? Find(object value, string name) => TableOf(value)?.GetValueOrDefault(name);

    /// <summary>Plain attributes of built-in types.</summary>
    public static object? Field(Machine machine, object value, string name) => (value, name) switch
    {
        (PyRange range, "start") => Box.Of(range.Start),
        (PyRange range, "stop") => Box.Of(range.Stop),
        (PyRange range, "step") => Box.Of(range.Step),
        (PySlice slice, "start") => slice.Start,
        (PySlice slice, "stop") => slice.Stop,
        (PySlice slice, "step") => slice.Step,
        (long or bool or System.Numerics.BigInteger, "real" or "numerator") => Arith.Positive(machine, value),
        (long or bool or System.Numerics.BigInteger, "imag") => Box.Of(0),
        (long or bool or System.Numerics.BigInteger, "denominator") => Box.Of(1),
        (double, "real") => value,
        (double, "imag") => 0.0,
        (PyDict { Kind: DictKind.Default } dict, "default_factory") => dict.Factory ?? PyNone.Value,
        (PyDeque deque, "maxlen") => deque.Maximum is { } maximum ? Box.Of(maximum) : PyNone.Value,
        (PyPattern pattern, _) => pattern.Field(name),
        (PyMatch match, _) => match.Field(name),
        (PyNative { Receiver: IReadOnlyDictionary<string, object> members }, _) => members.GetValueOrDefault(name),
        (PyDescriptor { Kind: "property" } property, "setter") => new PyNative(name, (_, args) => new PyDescriptor("property", property.Function) { Setter = args.One(name) }),
        (PySuper super, _) => super.Find(machine, name),
        _ => Refused(value, name),
    };

    /// <summary>A method taken from a built-in type, such as <c>str.upper</c> or <c>dict.fromkeys</c>.</summary>
    public static object? OfType(PyClass type, string name)
    {
        if (ReferenceEquals(type, Types.Dict) && name == "fromkeys" || type.Parent is not null && ReferenceEquals(type.Parent, Types.Dict) && name == "fromkeys") return new PyNative(name, (machine, args) => DictMethods.FromKeys(machine, type, args));
        if (ReferenceEquals(type, Types.Str) && name == "maketrans") return new PyNative(name, StrTranslation.MakeTable);
        if (ReferenceEquals(type, Types.Float) && name == "fromhex" || ReferenceEquals(type, Types.Int) && name == "from_bytes") throw Refuse.Here(Refusals.Method, $"{type.Name}.{name}");
        if (name == "from_iterable" && type.Name == "chain") return null;
        var table = TableOf(type);
        if (table is null || !table.TryGetValue(name, out var method)) return null;
        return new PyNative(name, (machine, args) =>
        {
            if (args.Count == 0) throw Raise.Type($"unbound method {type.Name}.{name}() needs an argument");
            if (!Types.Of(args[0]).Is(type)) throw Raise.Type($"descriptor '{name}' for '{type.Name}' objects doesn't apply to a '{Types.NameOf(args[0])}' object");
            return method(machine, args[0], new Args(args.Items[1..], args.Names));
        });
    }

    private static Dictionary<string, Method>? TableOf(PyClass type) =>
        ReferenceEquals(type, Types.Str) ? StrMethods.All : ReferenceEquals(type, Types.List) ? ListMethods.All : ReferenceEquals(type, Types.Dict) ? DictMethods.All : ReferenceEquals(type, Types.Set) ? SetMethods.All
        : ReferenceEquals(type, Types.FrozenSet) ? Frozen : ReferenceEquals(type, Types.Tuple) ? Tuple : ReferenceEquals(type, Types.Int) || ReferenceEquals(type, Types.Bool) ? Int : ReferenceEquals(type, Types.Float) ? Float
        : ReferenceEquals(type, Types.Deque) ? DequeMethods.All : ReferenceEquals(type, Types.Counter) ? CounterOps.Methods : null;

    private static Dictionary<string, Method>? TableOf(object value) => value switch
    {
        string => StrMethods.All,
        PyList => ListMethods.All,
        LazyList => ListMethods.Reading,
        PyDict dict => dict.Kind switch { DictKind.Counter => CounterOps.Methods, DictKind.Ordered => DictMethods.Ordered, _ => DictMethods.All },
        PyDictView => DictMethods.Views,
        PySet set => set.Frozen ? Frozen : SetMethods.All,
        PyTuple => Tuple,
        long or bool or System.Numerics.BigInteger => Int,
        double => Float,
        PyRange => Range,
        PyDeque => DequeMethods.All,
        PySlice => SequenceMethods.Slices,
        SequenceIterator => SequenceMethods.Generators,
        PyPattern => PyPattern.Methods,
        PyMatch => PyMatch.Methods,
        HostMap => SequenceMethods.HostMaps,
        _ => null,
    };

    private static object? Refused(object value, string name)
    {
        if (value is LazyList && ListMethods.All.ContainsKey(name)) throw Refuse.Here(Refusals.LazyChange, name);
        if (value is string && name is "encode") throw Refuse.Here(Refusals.Codec);
        if (value is double or long or System.Numerics.BigInteger && name is "to_bytes" or "hex" or "conjugate" or "as_integer_ratio" or "from_bytes") throw Refuse.Here(Refusals.Method, name);
        return null;
    }
}
