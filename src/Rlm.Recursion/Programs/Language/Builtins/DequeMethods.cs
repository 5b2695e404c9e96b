using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Builtins;

/// <summary>Methods of <c>collections.deque</c>.</summary>
internal static class DequeMethods
{
    public static readonly Dictionary<string, Method> All = new()
    {
        ["append"] = (machine, self, args) => Append(machine, (PyDeque)self, args.One("append")),
        ["appendleft"] = (machine, self, args) => AppendLeft(machine, (PyDeque)self, args.One("appendleft")),
        ["pop"] = (_, self, args) => Pop((PyDeque)self, last: true),
        ["popleft"] = (_, self, args) => Pop((PyDeque)self, last: false),
        ["extend"] = (machine, self, args) =>
        {
            foreach (var item in Iterating.Collect(machine, args.One("extend"))) Append(machine, (PyDeque)self, item);
            return PyNone.Value;
        },
        ["extendleft"] = (machine, self, args) =>
        {
            foreach (var item in Iterating.Collect(machine, args.One("extendleft"))) AppendLeft(machine, (PyDeque)self, item);
            return PyNone.Value;
        },
        ["clear"] = (_, self, args) =>
        {
            ((PyDeque)self).Items.Clear();
            return PyNone.Value;
        },
        ["copy"] = (machine, self, args) => Copy(machine, (PyDeque)self),
        ["count"] = (machine, self, args) => Box.Of(((PyDeque)self).Items.LongCount(item => Comparing.Same(item, args.One("count")))),
        ["index"] = (machine, self, args) => SequenceMethods.Index(machine, [.. ((PyDeque)self).Items], args, "{} is not in deque"),
        ["rotate"] = (machine, self, args) => Rotate(machine, (PyDeque)self, args.Between("rotate", 0, 1)[0] is { } by ? Indexes.Of(by) : 1),
        ["reverse"] = (machine, self, args) => Refill((PyDeque)self, ((PyDeque)self).Items.Reverse()),
        ["remove"] = (machine, self, args) => ((PyDeque)self).Items.FirstOrDefault(item => Comparing.Same(item, args.One("remove"))) is { } found && ((PyDeque)self).Items.Remove(found) ? PyNone.Value : throw Raise.Value("deque.remove(x): x not in deque"),
        ["insert"] = (machine, self, args) => Insert(machine, (PyDeque)self, args),
    };

    public static object Append(Machine machine, PyDeque deque, object item)
    {
        machine.Charge(2 * PyList.ElementBytes);
        deque.Items.AddLast(item);
        if (deque.Items.Count > deque.Maximum) deque.Items.RemoveFirst();
        return PyNone.Value;
    }

    private static object AppendLeft(Machine machine, PyDeque deque, object item)
    {
        machine.Charge(2 * PyList.ElementBytes);
        deque.Items.AddFirst(item);
        if (deque.Items.Count > deque.Maximum) deque.Items.RemoveLast();
        return PyNone.Value;
    }

    private static object Pop(PyDeque deque, bool last)
    {
        var node = (last ? deque.Items.Last : deque.Items.First) ?? throw Raise.Index("pop from an empty deque");
        deque.Items.Remove(node);
        return node.Value;
    }

    private static PyDeque Copy(Machine machine, PyDeque deque)
    {
        var copy = new PyDeque(deque.Maximum);
        foreach (var item in deque.Items) Append(machine, copy, item);
        return copy;
    }

    private static object Rotate(Machine machine, PyDeque deque, long by)
    {
        var count = deque.Items.Count;
        if (count == 0) return PyNone.Value;
        machine.Tick(count);
        var items = deque.Items.ToArray();
        var shift = (int)(((by % count) + count) % count);
        return Refill(deque, items[(count - shift)..].Concat(items[..(count - shift)]));
    }

    private static object Insert(Machine machine, PyDeque deque, Args args)
    {
        var given = args.Between("insert", 2, 2);
        if (deque.Items.Count == deque.Maximum) throw Raise.Index("deque already at its maximum size");
        var items = deque.Items.ToList();
        var at = Indexes.Of(given[0]!);
        machine.Charge(2 * PyList.ElementBytes);
        items.Insert((int)Math.Clamp(at < 0 ? at + items.Count : at, 0, items.Count), given[1]!);
        return Refill(deque, items);
    }

    private static PyNone Refill(PyDeque deque, IEnumerable<object> items)
    {
        var kept = items.ToArray();
        deque.Items.Clear();
        foreach (var item in kept) deque.Items.AddLast(item);
        return PyNone.Value;
    }
}
