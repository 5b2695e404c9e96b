using System.Numerics;
using System.Text;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary>A sequence times an int.</summary>
internal static class Repeating
{
    public static object Times(Machine machine, object left, object right)
    {
        var (sequence, factor) = IsSequence(left) ? (left, right) : (right, left);
        if (!IsSequence(sequence)) throw Raise.NotSupported("*", left, right);
        if (!Indexes.IsInt(factor)) throw Raise.Type($"can't multiply sequence by non-int of type '{Types.NameOf(factor)}'");
        if (factor is BigInteger) throw Raise.Overflow("cannot fit 'int' into an index-sized integer");
        var count = Math.Max(0, Indexes.Of(factor));
        return sequence is string text ? Text(machine, text, count) : Elements(machine, sequence, count);
    }

    private static bool IsSequence(object value) => value is string or PyList or PyTuple or LazyList;

    private static string Text(Machine machine, string text, long count)
    {
        if (text.Length == 0 || count == 0) return "";
        var length = (Int128)text.Length * count;
        if (length > long.MaxValue) throw Raise.Overflow("repeated string is too long");
        if (length > 1_000_000_000) machine.Charge(long.MaxValue / 4);
        machine.ChargeText((long)length);
        machine.Tick((long)length / 64);
        return count == 1 ? text : text.Length == 1 ? new string(text[0], (int)count) : new StringBuilder((int)length).Insert(0, text, (int)count).ToString();
    }

    private static object Elements(Machine machine, object sequence, long count)
    {
        var items = Iterating.Items(sequence);
        if (items.Count == 0 || count == 0) return sequence is PyTuple ? PyTuple.Empty : new PyList();
        var length = (Int128)items.Count * count;
        if (length > 500_000_000) machine.Charge(long.MaxValue / 4);
        machine.ChargeElements((long)length);
        machine.Tick((long)length / 16);
        var made = new object[(int)length];
        for (var index = 0; index < made.Length; index++) made[index] = items[index % items.Count];
        return sequence is PyTuple ? new PyTuple(made) : new PyList([.. made]);
    }
}
