using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary>Assigns the elements of a value to several targets.</summary>
internal static class Unpacking
{
    public static void Declare(IReadOnlyList<Expr> targets, Scope scope)
    {
        foreach (var target in targets) ((Target)(target is StarExpr star ? star.Inner : target)).DeclareStore(scope);
    }

    public static void Store(Frame frame, IReadOnlyList<Expr> targets, object value)
    {
        var star = Star(targets);
        var items = Items(frame, value, star < 0 ? targets.Count : -1);
        if (star < 0)
        {
            if (items.Count > targets.Count) throw Raise.Value($"too many values to unpack (expected {targets.Count})");
            if (items.Count < targets.Count) throw Raise.Value($"not enough values to unpack (expected {targets.Count}, got {items.Count})");
            for (var index = 0; index < targets.Count; index++) ((Target)targets[index]).Store(frame, items[index]);
            return;
        }
        var after = targets.Count - star - 1;
        if (items.Count < targets.Count - 1) throw Raise.Value($"not enough values to unpack (expected at least {targets.Count - 1}, got {items.Count})");
        for (var index = 0; index < star; index++) ((Target)targets[index]).Store(frame, items[index]);
        ((Target)((StarExpr)targets[star]).Inner).Store(frame, new PyList([.. items.Skip(star).Take(items.Count - star - after)]));
        for (var index = 0; index < after; index++) ((Target)targets[star + 1 + index]).Store(frame, items[items.Count - after + index]);
    }

    private static int Star(IReadOnlyList<Expr> targets)
    {
        for (var index = 0; index < targets.Count; index++)
            if (targets[index] is StarExpr) return index;
        return -1;
    }

    // Of an iterator no more than one element too many is taken, so that endless ones end here.
    private static IReadOnlyList<object> Items(Frame frame, object value, int expected)
    {
        if (value is PyTuple tuple) return tuple.Items;
        if (value is PyList list) return [.. list.Items];
        if (value is not (string or PyDict or PySet or PyIterator or PyRange or PyDictView or PyDeque or LazyList or PyInstance)) throw Raise.Type($"cannot unpack non-iterable {Types.NameOf(value)} object");
        if (expected < 0) return Iterating.Collect(frame.Machine, value);
        return [.. Iterating.Each(frame.Machine, value).Take(expected + 1)];
    }
}
