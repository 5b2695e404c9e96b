using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary>What classes of the program define by special methods.</summary>
internal static class Instances
{
    /// <summary>The special methods that a class may define; others are refused, because they would be ignored.</summary>
    public static readonly HashSet<string> Known =
    [
        "__init__", "__repr__", "__str__", "__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__", "__hash__", "__len__", "__iter__", "__next__", "__contains__", "__getitem__", "__setitem__", "__delitem__", "__call__", "__bool__",
        "__add__", "__radd__", "__sub__", "__rsub__", "__mul__", "__rmul__", "__truediv__", "__rtruediv__", "__floordiv__", "__rfloordiv__", "__mod__", "__rmod__", "__pow__", "__rpow__", "__and__", "__rand__", "__or__", "__ror__", "__xor__", "__rxor__",
        "__lshift__", "__rlshift__", "__rshift__", "__rrshift__", "__matmul__", "__rmatmul__", "__neg__", "__pos__", "__invert__", "__abs__", "__post_init__", "__doc__", "__slots__", "__module__", "__annotations__", "__match_args__", "__all__",
    ];

    /// <summary>Calls a special method; null when the class has none.</summary>
    public static object? Try(Machine machine, object value, string method, params object[] arguments) =>
        value is PyInstance instance && instance.Type.Find(method) is { } found and not PyNone ? Calls.Call(machine, Attributes.Bound(machine, found, instance, instance.Type), new Args(arguments)) : null;

    public static bool Equal(PyInstance left, object right)
    {
        Deep.Check();
        var machine = Machine.Current!;
        if (Try(machine, left, "__eq__", right) is { } own && !IsNotImplemented(own)) return Running.Truth.Of(machine, own);
        if (right is PyInstance other && !ReferenceEquals(left, right) && Try(machine, other, "__eq__", left) is { } reflected && !IsNotImplemented(reflected)) return Running.Truth.Of(machine, reflected);
        if (left.Type.Data is not null && left.Type.Find("__eq__") is null && right is PyInstance same && ReferenceEquals(left.Type, same.Type)) return Comparing.Equal(Values(left), Values(same));
        return ReferenceEquals(left, right);
    }

    public static bool Less(Machine machine, string sign, object left, object right)
    {
        var (method, reflected) = sign switch { "<" => ("__lt__", "__gt__"), "<=" => ("__le__", "__ge__"), ">" => ("__gt__", "__lt__"), _ => ("__ge__", "__le__") };
        if (Try(machine, left, method, right) is { } own && !IsNotImplemented(own)) return Running.Truth.Of(machine, own);
        if (Try(machine, right, reflected, left) is { } other && !IsNotImplemented(other)) return Running.Truth.Of(machine, other);
        if (left is PyInstance a && right is PyInstance b && ReferenceEquals(a.Type, b.Type) && a.Type.Data is { Order: true }) return Comparing.Less(machine, sign, Values(a), Values(b));
        throw Raise.Type($"'{sign}' not supported between instances of '{Types.NameOf(left)}' and '{Types.NameOf(right)}'");
    }

    public static long Hash(PyInstance value)
    {
        var machine = Machine.Current!;
        for (var type = value.Type; type is not null; type = type.Parent)
        {
            if (type.Members is not { } members) break;
            if (members.TryGet("__hash__", out var method) && method is not PyNone) return Hashing.Of(Calls.Call(machine, Attributes.Bound(machine, method, value, type), Args.None));
            if (type.Data is { Frozen: true }) return Hashing.Of(Values(value));
            if (members.Has("__eq__") || type.Data is not null || members.Has("__hash__")) throw Raise.Type($"unhashable type: '{value.Type.Name}'");
        }
        return System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(value);
    }

    public static bool Truth(Machine machine, PyInstance value)
    {
        if (Try(machine, value, "__bool__") is { } truth) return truth is bool known ? known : throw Raise.Type($"__bool__ should return bool, returned {Types.NameOf(truth)}");
        return Try(machine, value, "__len__") is not { } length || Indexes.Of(length) != 0;
    }

    public static PyIterator Iterate(Machine machine, PyInstance value)
    {
        if (Try(machine, value, "__iter__") is { } made)
        {
            if (made is PyIterator iterator) return iterator;
            if (made is PyInstance next && next.Type.Find("__next__") is not null) return new SequenceIterator("iterator", Nexts(machine, next).GetEnumerator());
            throw Raise.Type($"iter() returned non-iterator of type '{Types.NameOf(made)}'");
        }
        if (value.Type.Find("__getitem__") is not null) return new SequenceIterator("iterator", Indexed(machine, value).GetEnumerator());
        throw Raise.NotIterable(value);
    }

    public static bool IsNotImplemented(object value) => ReferenceEquals(value, PyNone.NotImplemented);

    /// <summary>The fields of a data class's instance, in their order.</summary>
    public static PyTuple Values(PyInstance value) => new([.. value.Type.Fields!.Select(field => value.Fields.TryGetValue(field, out var found) ? found : PyNone.Value)]);

    private static IEnumerable<object> Nexts(Machine machine, PyInstance value)
    {
        while (true)
        {
            object next;
            try
            {
                next = Try(machine, value, "__next__")!;
            }
            catch (PyRaise end) when (end.Value.Type.Is(ExceptionTypes.StopIteration))
            {
                yield break;
            }
            yield return next;
        }
    }

    private static IEnumerable<object> Indexed(Machine machine, PyInstance value)
    {
        for (var index = 0L; ; index++)
        {
            object next;
            try
            {
                next = Try(machine, value, "__getitem__", Box.Of(index))!;
            }
            catch (PyRaise end) when (end.Value.Type.Is(ExceptionTypes.IndexError) || end.Value.Type.Is(ExceptionTypes.StopIteration))
            {
                yield break;
            }
            yield return next;
        }
    }
}
