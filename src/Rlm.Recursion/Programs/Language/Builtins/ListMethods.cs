using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Builtins;

/// <summary>Methods of list.</summary>
internal static class ListMethods
{
    public static readonly Dictionary<string, Method> Reading = new()
    {
        ["count"] = (machine, self, args) => Count(machine, Iterating.Items(self), args.One("count")),
        ["index"] = (machine, self, args) => SequenceMethods.Index(machine, Iterating.Items(self), args, "{} is not in list"),
        ["copy"] = (machine, self, args) => new PyList(Iterating.Collect(machine, self)),
    };

    public static readonly Dictionary<string, Method> All = new(Reading)
    {
        ["append"] = Append,
        ["extend"] = (machine, self, args) =>
        {
            ((PyList)self).Items.AddRange(Iterating.Collect(machine, args.One("extend")));
            return PyNone.Value;
        },
        ["insert"] = Insert,
        ["pop"] = Pop,
        ["remove"] = Remove,
        ["clear"] = (_, self, args) =>
        {
            args.Zero("clear");
            ((PyList)self).Items.Clear();
            return PyNone.Value;
        },
        ["reverse"] = (machine, self, args) =>
        {
            machine.Tick(((PyList)self).Items.Count / 16);
            ((PyList)self).Items.Reverse();
            return PyNone.Value;
        },
        ["sort"] = (machine, self, args) =>
        {
            var list = (PyList)self;
            var given = args.Bind("sort", 0, "*key", "*reverse");
            // As in CPython the list is empty while it is sorted; a key function that changes it is found out.
            var items = list.Items;
            list.Items = [];
            var sorted = items;
            var changed = false;
            try
            {
                sorted = Sorting.Sort(machine, items, given[0], given[1] is { } reverse && Truth.Of(machine, reverse));
                changed = list.Items.Count > 0;
            }
            finally
            {
                list.Items = sorted;
            }
            return changed ? throw Raise.Value("list modified during sort") : PyNone.Value;
        },
    };

    private static object Append(Machine machine, object self, Args args)
    {
        var value = args.One("list.append");
        machine.Charge(PyList.ElementBytes);
        ((PyList)self).Items.Add(value);
        return PyNone.Value;
    }

    private static object Insert(Machine machine, object self, Args args)
    {
        var items = ((PyList)self).Items;
        var given = args.Between("insert", 2, 2);
        var at = Indexes.Clamped(machine, given[0]!, $"'{Types.NameOf(given[0]!)}' object cannot be interpreted as an integer");
        machine.Charge(PyList.ElementBytes);
        machine.Tick(items.Count / 64);
        items.Insert((int)Math.Clamp(at < 0 ? at + items.Count : at, 0, items.Count), given[1]!);
        return PyNone.Value;
    }

    private static object Pop(Machine machine, object self, Args args)
    {
        var items = ((PyList)self).Items;
        var given = args.Between("pop", 0, 1);
        var at = given[0] is { } index ? Indexes.Of(index) : -1;
        if (items.Count == 0) throw Raise.Index("pop from empty list");
        if (at < 0) at += items.Count;
        if (at < 0 || at >= items.Count) throw Raise.Index("pop index out of range");
        machine.Tick((items.Count - at) / 64);
        var value = items[(int)at];
        items.RemoveAt((int)at);
        return value;
    }

    private static object Remove(Machine machine, object self, Args args)
    {
        var items = ((PyList)self).Items;
        var value = args.One("list.remove");
        for (var at = 0; at < items.Count; at++)
        {
            machine.Tick();
            if (!Comparing.Same(items[at], value)) continue;
            items.RemoveAt(at);
            return PyNone.Value;
        }
        throw Raise.Value("list.remove(x): x not in list");
    }

    private static object Count(Machine machine, IReadOnlyList<object> items, object value)
    {
        machine.Tick(items.Count);
        return Box.Of(items.LongCount(item => Comparing.Same(item, value)));
    }
}
