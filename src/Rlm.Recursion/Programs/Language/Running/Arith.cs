using System.Numerics;
using Rlm.Recursion.Programs.Language.Builtins;
using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary>Binary operators by their sign.</summary>
internal static class Arith
{
    public static object Binary(Machine machine, string sign, object left, object right)
    {
        if (Comparing.IsNumber(left) && Comparing.IsNumber(right)) return Numbers(machine, sign, left, right);
        if (left is PyInstance || right is PyInstance) return Special(machine, sign, left, right);
        return sign switch
        {
            "+" => Add(machine, left, right),
            "*" => Repeating.Times(machine, left, right),
            "%" when left is string format => PercentFormat.Format(machine, format, right),
            "-" or "|" or "&" or "^" => Sets(machine, sign, left, right),
            _ => throw Raise.NotSupported(Shown(sign), left, right),
        };
    }

    /// <summary>As <c>target op= value</c>: lists, sets, dicts and deques change in place.</summary>
    public static object InPlace(Machine machine, string sign, object left, object right)
    {
        switch (left)
        {
            case PyList list when sign == "+":
                if (right is not (PyList or PyTuple or LazyList or string or PyDict or PySet or PyIterator or PyRange or PyDictView or PyDeque or PyInstance)) throw Raise.NotIterable(right);
                list.Items.AddRange(Iterating.Collect(machine, right));
                return left;
            case PyList list when sign == "*" && Indexes.IsInt(right):
                list.Items = ((PyList)Repeating.Times(machine, left, right)).Items;
                return left;
            case PySet { Frozen: false } set when right is PySet other && sign is "|" or "-" or "&" or "^" && left is PySet { Frozen: false } && right is PySet:
                SetInPlace(machine, sign, (PySet)left, (PySet)right);
                return left;
            case PyDict { Kind: not DictKind.Counter } dict when sign == "|":
                DictMethods.Update(machine, dict, right);
                return left;
            case PyDict { Kind: DictKind.Counter } counter when sign is "+" or "-" or "|" or "&":
                Modules.CounterOps.InPlace(machine, sign, counter, right);
                return left;
            case PySet or PyDict or PyDictView or PyRange when sign == "*" && right is string or PyList or PyTuple:
                throw Raise.NotSupported("*=", left, right);
            case PyDeque deque when sign == "+":
                foreach (var item in Iterating.Collect(machine, right)) DequeMethods.Append(machine, deque, item);
                return left;
            default:
                return Augmented(machine, sign, left, right);
        }
    }

    public static object Negative(Machine machine, object value) => value switch
    {
        long number => number == long.MinValue ? -(BigInteger)number : Box.Of(-number),
        double number => -number,
        bool truth => Box.Of(truth ? -1L : 0L),
        BigInteger big => Box.Of(-big),
        PyDict { Kind: DictKind.Counter } counter => Modules.CounterOps.Sign(machine, counter, -1),
        _ => Instances.Try(machine, value, "__neg__") ?? throw Raise.Type($"bad operand type for unary -: '{Types.NameOf(value)}'"),
    };

    public static object Positive(Machine machine, object value) => value switch
    {
        long or double or BigInteger => value,
        bool truth => Box.Of(truth ? 1L : 0L),
        PyDict { Kind: DictKind.Counter } counter => Modules.CounterOps.Sign(machine, counter, 1),
        _ => Instances.Try(machine, value, "__pos__") ?? throw Raise.Type($"bad operand type for unary +: '{Types.NameOf(value)}'"),
    };

    public static object Invert(Machine machine, object value) => value switch
    {
        long number => Box.Of(~number),
        bool truth => Box.Of(truth ? -2L : -1L),
        BigInteger big => Box.Of(-big - 1),
        _ => Instances.Try(machine, value, "__invert__") ?? throw Raise.Type($"bad operand type for unary ~: '{Types.NameOf(value)}'"),
    };

    private static object Augmented(Machine machine, string sign, object left, object right)
    {
        try
        {
            return Binary(machine, sign, left, right);
        }
        catch (PyRaise error) when (error.Value is { Type.Name: "TypeError", Arguments.Items: [string text] } && text.StartsWith($"unsupported operand type(s) for {Shown(sign)}: ", StringComparison.Ordinal))
        {
            throw Raise.NotSupported(sign + "=", left, right);
        }
    }

    private static string Shown(string sign) => sign == "**" ? "** or pow()" : sign;

    private static object Numbers(Machine machine, string sign, object left, object right)
    {
        if (left is double || right is double)
        {
            if (sign is not ("&" or "|" or "^" or "<<" or ">>" or "@")) return Floats.Binary(sign, Floats.Of(left), Floats.Of(right), left, right);
            throw Raise.NotSupported(sign, left, right);
        }
        if (left is bool a && right is bool b && sign is "&" or "|" or "^" && left is bool && right is bool) return Box.Of(sign switch { "&" => (bool)left & (bool)right, "|" => (bool)left | (bool)right, _ => (bool)left ^ (bool)right });
        return sign == "@" ? throw Raise.NotSupported(sign, left, right) : Ints.Binary(machine, sign, left, right);
    }

    private static object Special(Machine machine, string sign, object left, object right)
    {
        var name = sign switch
        {
            "+" => "add", "-" => "sub", "*" => "mul", "/" => "truediv", "//" => "floordiv", "%" => "mod", "**" => "pow", "&" => "and", "|" => "or", "^" => "xor", "<<" => "lshift", ">>" => "rshift", _ => "matmul",
        };
        if (Instances.Try(machine, left, $"__{name}__", right) is { } own && !Instances.IsNotImplemented(own)) return own;
        if (Instances.Try(machine, right, $"__r{name}__", left) is { } other && !Instances.IsNotImplemented(other)) return other;
        if (sign == "%" && left is string format) return PercentFormat.Format(machine, format, right);
        if (sign == "+" && left is string or PyList or PyTuple) return Add(machine, left, right);
        throw Raise.NotSupported(Shown(sign), left, right);
    }

    private static object Add(Machine machine, object left, object right)
    {
        switch (left, right)
        {
            case (string a, string b):
                machine.ChargeText((long)a.Length + b.Length);
                return string.Concat(a, b);
            case (PyList or LazyList, PyList or LazyList):
                var first = Iterating.Items(left);
                var second = Iterating.Items(right);
                machine.ChargeElements(first.Count + second.Count);
                return new PyList([.. first, .. second]);
            case (PyTuple a, PyTuple b):
                machine.ChargeElements(a.Items.Length + b.Items.Length);
                return new PyTuple([.. a.Items, .. b.Items]);
            case (PyDeque a, PyDeque b):
                var joined = new PyDeque(a.Maximum);
                foreach (var item in a.Items.Concat(b.Items)) DequeMethods.Append(machine, joined, item);
                return joined;
            case (PyDict { Kind: DictKind.Counter } a, PyDict { Kind: DictKind.Counter } b):
                return Modules.CounterOps.Binary(machine, "+", a, b);
            case (string, _):
                throw Raise.Type($"can only concatenate str (not \"{Types.NameOf(right)}\") to str");
            case (PyList or LazyList, _):
                throw Raise.Type($"can only concatenate list (not \"{Types.NameOf(right)}\") to list");
            case (PyTuple, _):
                throw Raise.Type($"can only concatenate tuple (not \"{Types.NameOf(right)}\") to tuple");
            default:
                throw Raise.NotSupported("+", left, right);
        }
    }

    private static object Sets(Machine machine, string sign, object left, object right)
    {
        if (left is PyDict a && right is PyDict b)
        {
            if (a.Kind == DictKind.Counter && b.Kind == DictKind.Counter) return Modules.CounterOps.Binary(machine, sign, a, b);
            if (sign == "|")
            {
                var model = a.Kind is DictKind.Ordered or DictKind.Default ? a : b;
                var joined = new PyDict(model.Kind is DictKind.Ordered or DictKind.Default ? model.Kind : DictKind.Plain) { Factory = model.Factory };
                DictMethods.Update(machine, joined, a);
                DictMethods.Update(machine, joined, b);
                return joined;
            }
        }
        if (left is PySet && right is PySet) return SetBinary(machine, sign, (PySet)left, (PySet)right);
        if (left is PyDictView { Kind: not "dict_values" } || right is PyDictView { Kind: not "dict_values" }) return ViewBinary(machine, sign, left, right);
        throw Raise.NotSupported(sign, left, right);
    }

    // With a view on either side the other may be anything iterable; the order is that of CPython's dictviews_*.
    private static PySet ViewBinary(Machine machine, string sign, object left, object right)
    {
        if (sign == "&")
        {
            var swap = left is not PyDictView view1 || right is PyDictView both && both.Dict.Count > view1.Dict.Count;
            if (right is PySet set && left is PyDictView view && set.Count <= view.Dict.Count) return SetOps.Intersection(machine, set.Frozen ? set.Copy(machine, false) : set, left);
            return Common(machine, swap ? right : left, swap ? left : right);
        }
        var result = new PySet(false);
        SetOps.Update(machine, result, left);
        if (sign == "|") SetOps.Update(machine, result, right);
        else if (sign == "-") SetOps.Remove(machine, result, right);
        else SetInPlace(machine, "^", result, SetOps.From(right));
        return result;
    }

    private static PySet Common(Machine machine, object holder, object source)
    {
        var result = new PySet(false);
        foreach (var item in Iterating.Each(machine, source))
            if (Containing.Has(machine, holder, item)) result.Add(machine, item);
        return result;
    }

    private static PySet SetBinary(Machine machine, string sign, PySet left, PySet right) => sign switch
    {
        "|" => SetOps.Union(machine, left, right),
        "&" => SetOps.Intersection(machine, left, right),
        "-" => SetOps.Difference(machine, left, right),
        _ => SetOps.SymmetricDifference(machine, left, right),
    };

    private static void SetInPlace(Machine machine, string sign, PySet left, PySet right)
    {
        if (sign == "|") left.Merge(machine, right);
        else if (sign == "&") left.Become(SetOps.Intersection(machine, left, right));
        else if (sign == "-") SetOps.Remove(machine, left, right);
        else
            foreach (var item in right.Items.ToArray())
                if (!left.Remove(item)) left.Add(machine, item);
    }
}
