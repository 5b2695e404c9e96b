using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Builtins;

/// <summary>Methods of tuples, ranges, slices, generators and the host's mapping.</summary>
internal static class SequenceMethods
{
    public static readonly Dictionary<string, Method> Tuples = new()
    {
        ["count"] = (machine, self, args) => Box.Of(((PyTuple)self).Items.LongCount(item => Comparing.Same(item, args.One("count")))),
        ["index"] = (machine, self, args) => Index(machine, ((PyTuple)self).Items, args, "tuple.index(x): x not in tuple"),
    };

    public static readonly Dictionary<string, Method> Ranges = new()
    {
        ["count"] = (machine, self, args) => Box.Of(Containing.Has(machine, self, args.One("count")) ? 1L : 0L),
        ["index"] = (machine, self, args) => Containing.Has(machine, self, args.One("index")) ? Box.Of((Indexes.Of(args[0]) - ((PyRange)self).Start) / ((PyRange)self).Step) : throw Raise.Value($"{Writing.Repr(machine, args[0])} is not in range"),
    };

    public static readonly Dictionary<string, Method> Slices = new()
    {
        ["indices"] = (machine, self, args) =>
        {
            var length = Indexes.Of(args.One("indices"));
            var slice = (PySlice)self;
            var (first, step, count) = slice.Within(machine, length);
            return PyTuple.Of(Box.Of(first), count > 0 || slice.Stop is PyNone ? Box.Of(slice.Stop is PyNone ? (step > 0 ? length : -1) : Clamp(Indexes.Of(slice.Stop), length, step)) : Box.Of(Clamp(Indexes.Of(slice.Stop), length, step)), Box.Of(step));
        },
    };

    public static readonly Dictionary<string, Method> Generators = new()
    {
        ["send"] = (machine, self, args) => args.One("send") is PyNone ? BasicFunctions.Next(machine, new Args([self])) : throw Refuse.Here(Refusals.Send),
        ["throw"] = (_, _, _) => throw Refuse.Here(Refusals.Send),
        ["close"] = (_, _, _) => throw Refuse.Here(Refusals.Send),
    };

    public static readonly Dictionary<string, Method> HostMaps = new()
    {
        ["get"] = (machine, self, args) => ((HostMap)self).Has(machine, args.Between("get", 1, 2)[0]!) ? ((HostMap)self).Get(machine, args[0]) : args.Count > 1 ? args[1] : PyNone.Value,
        ["keys"] = (machine, self, args) => new PyList(((HostMap)self).Keys(machine)),
    };

    /// <summary><c>index(x, start, stop)</c> of lists and tuples.</summary>
    public static object Index(Machine machine, IReadOnlyList<object> items, Args args, string error)
    {
        var given = args.Between("index", 1, 3);
        var (start, stop) = (Bound(machine, given[1], 0, items.Count), Bound(machine, given[2], items.Count, items.Count));
        for (var at = start; at < stop && at < items.Count; at++)
        {
            machine.Tick();
            if (Comparing.Same(items[(int)at], given[0]!)) return Box.Of(at);
        }
        throw Raise.Value(error.Replace("{}", error.Contains("{}", StringComparison.Ordinal) ? Writing.Repr(machine, given[0]!) : "", StringComparison.Ordinal));
    }

    private static long Bound(Machine machine, object? value, long otherwise, long length)
    {
        if (value is null) return otherwise;
        var at = Indexes.Clamped(machine, value, "slice indices must be integers or have an __index__ method");
        return at < 0 ? Math.Max(0, at + length) : at;
    }

    private static long Clamp(long at, long length, long step)
    {
        if (at < 0) at += length;
        return step > 0 ? Math.Clamp(at, 0, length) : Math.Clamp(at, -1, length - 1);
    }
}
