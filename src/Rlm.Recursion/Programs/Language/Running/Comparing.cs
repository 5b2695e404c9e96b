using System.Numerics;
using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary>Equality and order as Python has them.</summary>
internal static class Comparing
{
    /// <summary>Identity or equality: what containers ask.</summary>
    public static bool Same(object left, object right) => ReferenceEquals(left, right) || Equal(left, right);

    public static bool Equal(object left, object right) => left switch
    {
        string a => right is string b ? string.Equals(a, b) : right is PyInstance other && Reflected(other, left),
        long a when right is long b => a == b,
        long or double or bool or BigInteger when IsNumber(right) => Order(left, right) == 0,
        PyInstance a => Instances.Equal(a, right),
        _ when right is PyInstance b => Reflected(b, left),
        PyTuple a => right is PyTuple b && EqualAll(a.Items, b.Items),
        PyList a => right is PyList b ? ReferenceEquals(a, b) || EqualLists(a.Items, b.Items) : right is LazyList lazy && EqualLists(a.Items, lazy.Drain()),
        LazyList a => right is LazyList b ? ReferenceEquals(a, b) || EqualLists(a.Drain(), b.Drain()) : right is PyList list && EqualLists(a.Drain(), list.Items),
        PyDict a => right is PyDict b && EqualDicts(a, b),
        PySet a => right is PySet b ? a.Count == b.Count && IsSubset(a, b) : right is PyDictView { Kind: not "dict_values" } view && a.Count == view.Dict.Count && IsSubset(a, SetOps.From(view)),
        PyDictView { Kind: not "dict_values" } a => right is PyDictView { Kind: not "dict_values" } or PySet && Equal(SetOps.From(a), right is PySet set ? set : SetOps.From(right)),
        PyRange a => right is PyRange b && a.Count == b.Count && (a.Count == 0 || a.Start == b.Start && (a.Count == 1 || a.Step == b.Step)),
        PyDeque a => right is PyDeque b && EqualLists([.. a.Items], [.. b.Items]),
        PySlice a => right is PySlice b && Same(a.Start, b.Start) && Same(a.Stop, b.Stop) && Same(a.Step, b.Step),
        PyMethod a => right is PyMethod b && ReferenceEquals(a.Self, b.Self) && ReferenceEquals(a.Function, b.Function),
        _ => ReferenceEquals(left, right),
    };

    public static bool IsNumber(object value) => value is long or double or bool or BigInteger;

    /// <summary>Order of two numbers, exactly, also between ints and floats; null when one is NaN.</summary>
    public static int? Order(object left, object right)
    {
        if (left is bool truth) left = Box.Of(truth ? 1L : 0L);
        if (right is bool truth2) right = Box.Of(truth2 ? 1L : 0L);
        return (left, right) switch
        {
            (long a, long b) => a.CompareTo(b),
            (double a, double b) => double.IsNaN(a) || double.IsNaN(b) ? null : a.CompareTo(b),
            (double a, _) => double.IsNaN(a) ? null : -OrderMixed(Indexes.Big(right), a),
            (_, double b) => double.IsNaN(b) ? null : OrderMixed(Indexes.Big(left), b),
            _ => Indexes.Big(left).CompareTo(Indexes.Big(right)),
        };
    }

    /// <summary>By code points, which is not the order of UTF-16 units where surrogates are.</summary>
    public static int OrderText(string left, string right)
    {
        var common = left.AsSpan().CommonPrefixLength(right);
        if (common == left.Length || common == right.Length) return left.Length.CompareTo(right.Length);
        return Rank(left[common]).CompareTo(Rank(right[common]));

        static int Rank(char unit) => char.IsSurrogate(unit) ? unit + 0x10000 : unit;
    }

    /// <summary><c>left sign right</c> for <c>&lt; &lt;= &gt; &gt;=</c>.</summary>
    public static bool Less(Machine machine, string sign, object left, object right)
    {
        if (IsNumber(left) && IsNumber(right)) return Order(left, right) is { } order && Holds(sign, order);
        switch (left, right)
        {
            case (string a, string b):
                return Holds(sign, OrderText(a, b));
            case (PyTuple a, PyTuple b):
                return LessItems(machine, sign, a.Items, b.Items);
            case (PyList or LazyList, PyList or LazyList):
                return LessItems(machine, sign, Iterating.Items(left), Iterating.Items(right));
            case (PyDeque a, PyDeque b):
                return LessItems(machine, sign, [.. a.Items], [.. b.Items]);
            case (PySet or PyDictView { Kind: not "dict_values" }, PySet or PyDictView { Kind: not "dict_values" }):
                return LessSets(sign, SetOps.From(left), SetOps.From(right));
            case (PyInstance, _) or (_, PyInstance):
                return Instances.Less(machine, sign, left, right);
            case (PyDict { Kind: DictKind.Counter } a, PyDict { Kind: DictKind.Counter } b):
                return Modules.CounterOps.Less(machine, sign, a, b);
            default:
                throw Raise.Type($"'{sign}' not supported between instances of '{Types.NameOf(left)}' and '{Types.NameOf(right)}'");
        }
    }

    public static bool Holds(string sign, int order) => sign switch { "<" => order < 0, "<=" => order <= 0, ">" => order > 0, _ => order >= 0 };

    public static bool IsSubset(PySet left, PySet right)
    {
        Machine.Current?.Tick(left.Count);
        return left.Count <= right.Count && left.Items.All(right.Has);
    }

    private static bool Reflected(PyInstance instance, object other) => Instances.Equal(instance, other);

    private static int OrderMixed(BigInteger whole, double number)
    {
        if (double.IsPositiveInfinity(number)) return -1;
        if (double.IsNegativeInfinity(number)) return 1;
        var floor = Math.Floor(number);
        var order = whole.CompareTo(new BigInteger(floor));
        return order != 0 ? order : number > floor ? -1 : 0;
    }

    private static bool EqualAll(object[] left, object[] right)
    {
        using var level = Deep.Enter();
        if (left.Length != right.Length) return false;
        for (var index = 0; index < left.Length; index++)
            if (!Same(left[index], right[index])) return false;
        return true;
    }

    private static bool EqualLists(List<object> left, List<object> right)
    {
        using var level = Deep.Enter();
        if (left.Count != right.Count) return false;
        for (var index = 0; index < left.Count && index < right.Count; index++)
        {
            if ((index & 255) == 255) Machine.Current?.Tick(256);
            if (!Same(left[index], right[index])) return false;
        }
        return left.Count == right.Count;
    }

    private static bool EqualDicts(PyDict left, PyDict right)
    {
        using var level = Deep.Enter();
        if (left.Kind == DictKind.Counter && right.Kind == DictKind.Counter) return Modules.CounterOps.Equal(left, right);
        if (left.Count != right.Count) return false;
        Machine.Current?.Tick(left.Count);
        if (left.Kind == DictKind.Ordered && right.Kind == DictKind.Ordered && !left.Entries.Zip(right.Entries).All(pair => Same(pair.First.Key, pair.Second.Key))) return false;
        foreach (var (key, value) in left.Entries)
            if (!right.TryGet(key, out var other) || !Same(value, other)) return false;
        return true;
    }

    private static bool LessItems(Machine machine, string sign, IReadOnlyList<object> left, IReadOnlyList<object> right)
    {
        using var level = Deep.Enter();
        for (var index = 0; index < left.Count && index < right.Count; index++)
        {
            machine.Tick();
            if (!Same(left[index], right[index])) return Less(machine, sign, left[index], right[index]);
        }
        return Holds(sign, left.Count.CompareTo(right.Count));
    }

    private static bool LessSets(string sign, PySet left, PySet right) => sign switch
    {
        "<" => left.Count < right.Count && IsSubset(left, right),
        "<=" => IsSubset(left, right),
        ">" => right.Count < left.Count && IsSubset(right, left),
        _ => IsSubset(right, left),
    };
}
