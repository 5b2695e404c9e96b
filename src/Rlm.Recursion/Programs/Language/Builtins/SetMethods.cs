using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Builtins;

/// <summary>Methods of set and frozenset.</summary>
internal static class SetMethods
{
    public static readonly Dictionary<string, Method> Frozen = new()
    {
        ["union"] = (machine, self, args) => Fold(machine, self, args, SetOps.Union, copies: true),
        ["intersection"] = (machine, self, args) => Fold(machine, self, args, (m, left, right) => SetOps.Intersection(m, left, right), copies: true),
        ["difference"] = (machine, self, args) => Fold(machine, self, args, (m, left, right) => SetOps.Difference(m, left, right), copies: true),
        ["symmetric_difference"] = (machine, self, args) => SetOps.SymmetricDifference(machine, (PySet)self, args.One("symmetric_difference")),
        ["issubset"] = (machine, self, args) => Box.Of(Comparing.IsSubset((PySet)self, SetOps.From(args.One("issubset")))),
        ["issuperset"] = (machine, self, args) => Box.Of(Comparing.IsSubset(SetOps.From(args.One("issuperset")), (PySet)self)),
        ["isdisjoint"] = (machine, self, args) => Box.Of(!Iterating.Each(machine, args.One("isdisjoint")).Any(((PySet)self).Has)),
        ["copy"] = (machine, self, args) => ((PySet)self).Copy(machine, ((PySet)self).Frozen),
    };

    public static readonly Dictionary<string, Method> All = new(Frozen)
    {
        ["add"] = (machine, self, args) =>
        {
            ((PySet)self).Add(machine, args.One("set.add"));
            return PyNone.Value;
        },
        ["remove"] = (_, self, args) => ((PySet)self).Remove(args.One("set.remove")) ? PyNone.Value : throw Raise.Key(args[0]),
        ["discard"] = (_, self, args) =>
        {
            ((PySet)self).Remove(args.One("set.discard"));
            return PyNone.Value;
        },
        ["pop"] = (_, self, args) => ((PySet)self).Count > 0 ? ((PySet)self).Pop() : throw Raise.Key("pop from an empty set"),
        ["clear"] = (_, self, args) =>
        {
            ((PySet)self).Clear();
            return PyNone.Value;
        },
        ["update"] = (machine, self, args) =>
        {
            foreach (var other in args.Items) SetOps.Update(machine, (PySet)self, other);
            return PyNone.Value;
        },
        ["difference_update"] = (machine, self, args) =>
        {
            foreach (var other in args.Items) SetOps.Remove(machine, (PySet)self, other);
            return PyNone.Value;
        },
        ["intersection_update"] = (machine, self, args) =>
        {
            ((PySet)self).Become(Fold(machine, self, args, (m, left, right) => SetOps.Intersection(m, left, right), copies: true));
            return PyNone.Value;
        },
        ["symmetric_difference_update"] = (machine, self, args) =>
        {
            var set = (PySet)self;
            var other = args.One("symmetric_difference_update");
            foreach (var item in other is PySet known ? known.Items.ToArray() : [.. SetOps.From(new PyList(Iterating.Collect(machine, other))).Items])
                if (!set.Remove(item)) set.Add(machine, item);
            return PyNone.Value;
        },
    };

    private static PySet Fold(Machine machine, object self, Args args, Func<Machine, PySet, object, PySet> operation, bool copies)
    {
        args.NoNames("union");
        var result = (PySet)self;
        foreach (var other in args.Items) result = operation(machine, result, other);
        return copies && ReferenceEquals(result, self) ? result.Copy(machine, result.Frozen) : result;
    }
}
