using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary>Operations on sets, each in the order in which CPython's <c>setobject.c</c> adds elements.</summary>
internal static class SetOps
{
    /// <summary>A set with the elements of any iterable; a set itself as it is.</summary>
    public static PySet From(object value)
    {
        if (value is PySet set) return set;
        var machine = Machine.Current!;
        var made = new PySet(false);
        Update(machine, made, value);
        return made;
    }

    public static void Update(Machine machine, PySet target, object other)
    {
        if (other is PySet set)
        {
            target.Merge(machine, set);
            return;
        }
        if (other is PyDict dict) target.Expect(dict.Count);
        foreach (var item in Iterating.Each(machine, other)) target.Add(machine, item);
    }

    public static PySet Union(Machine machine, PySet left, object right)
    {
        var result = left.Copy(machine, left.Frozen);
        Update(machine, result, right);
        return result;
    }

    public static PySet Intersection(Machine machine, PySet left, object right)
    {
        var result = new PySet(left.Frozen);
        var (small, large) = right is PySet set && set.Count > left.Count ? ((object)left, set) : (right, left);
        foreach (var item in Iterating.Each(machine, small))
            if (large.Has(item)) result.Add(machine, item);
        return result;
    }

    public static PySet Difference(Machine machine, PySet left, object right)
    {
        var size = right is PySet other ? other.Count : right is PyDict dict ? dict.Count : -1;
        if (size < 0 || left.Count >> 2 > size)
        {
            var copy = left.Copy(machine, left.Frozen);
            Remove(machine, copy, right);
            return copy;
        }
        var result = new PySet(left.Frozen);
        foreach (var item in Iterating.Each(machine, left))
            if (right is PySet set ? !set.Has(item) : !((PyDict)right).Has(item)) result.Add(machine, item);
        return result;
    }

    public static void Remove(Machine machine, PySet target, object other)
    {
        if (ReferenceEquals(target, other))
        {
            target.Clear();
            return;
        }
        foreach (var item in Iterating.Each(machine, other)) target.Remove(item);
        target.Tidy();
    }

    public static PySet SymmetricDifference(Machine machine, PySet left, object right)
    {
        var result = new PySet(left.Frozen);
        Update(machine, result, right);
        foreach (var item in left.Items.ToArray())
        {
            machine.Tick();
            if (!result.Remove(item)) result.Add(machine, item);
        }
        return result;
    }
}
