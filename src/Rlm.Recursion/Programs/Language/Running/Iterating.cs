using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary>Iterators over values, and their elements for built-in functions; every element is a step.</summary>
internal static class Iterating
{
    public static PyIterator Over(Machine machine, object value) => value switch
    {
        PyList list => new ListIterator(list),
        PyRange range => new RangeIterator(range),
        PyTuple tuple => new SequenceIterator("tuple_iterator", ((IEnumerable<object>)tuple.Items).GetEnumerator()),
        string text => new SequenceIterator("str_iterator", CodePoints.Each(text).GetEnumerator()),
        PyDict dict => new DictIterator(new PyDictView(dict, "dict_keys")),
        PyDictView view => new DictIterator(view),
        PySet set => new SetIterator(set),
        PyIterator iterator => iterator,
        LazyList lazy => new SequenceIterator("list_iterator", lazy.Each().GetEnumerator()),
        PyDeque deque => new SequenceIterator("deque_iterator", Each(deque).GetEnumerator()),
        HostMap map => Over(machine, new PyList(map.Keys(machine))),
        PyInstance instance when value is not PyException => Instances.Iterate(machine, instance),
        _ => throw Raise.NotIterable(value),
    };

    public static IEnumerable<object> Each(Machine machine, object value)
    {
        var iterator = Over(machine, value);
        while (iterator.Next(machine, out var item))
        {
            machine.Tick();
            yield return item;
        }
    }

    /// <summary>All elements in a list of their own, charged.</summary>
    public static List<object> Collect(Machine machine, object value)
    {
        if (Known(value) is { } known)
        {
            machine.ChargeElements(known.Count);
            machine.Tick(known.Count / 16);
            return [.. known];
        }
        var items = new List<object>();
        foreach (var item in Each(machine, value))
        {
            machine.Charge(PyList.ElementBytes);
            items.Add(item);
        }
        return items;
    }

    /// <summary>The elements of a list, lazy list or tuple, not copied.</summary>
    public static IReadOnlyList<object> Items(object value) => Known(value) ?? throw Raise.NotIterable(value);

    private static IReadOnlyList<object>? Known(object value) => value switch { PyList list => list.Items, PyTuple tuple => tuple.Items, LazyList lazy => lazy.Drain(), _ => null };

    private static IEnumerable<object> Each(PyDeque deque)
    {
        var count = deque.Items.Count;
        for (var node = deque.Items.First; node is not null; node = node.Next)
        {
            yield return node.Value;
            if (deque.Items.Count != count) throw Raise.Error("RuntimeError", "deque mutated during iteration");
        }
    }
}
