using System.Numerics;
using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary>Ints out of values, where Python wants an index.</summary>
internal static class Indexes
{
    public static bool IsInt(object value) => value is long or bool or BigInteger;

    /// <summary>The int as 64 bits; larger ones at the end of the range.</summary>
    public static long Clamped(Machine machine, object value, string error)
    {
        _ = machine;
        return value switch
        {
            long number => number,
            bool truth => truth ? 1 : 0,
            BigInteger big => big.Sign < 0 ? long.MinValue : long.MaxValue,
            _ => throw Raise.Type(error),
        };
    }

    /// <summary>An int argument; one that does not fit is an OverflowError.</summary>
    public static long Of(object value) => value switch
    {
        long number => number,
        bool truth => truth ? 1 : 0,
        BigInteger => throw Raise.Overflow("Python int too large to convert to C ssize_t"),
        _ => throw Raise.Type($"'{Types.NameOf(value)}' object cannot be interpreted as an integer"),
    };

    public static BigInteger Big(object value) => value switch
    {
        long number => number,
        bool truth => truth ? 1 : 0,
        BigInteger big => big,
        _ => throw Raise.Type($"'{Types.NameOf(value)}' object cannot be interpreted as an integer"),
    };

    /// <summary>The place in a sequence of this length; negative ones count from the end.</summary>
    public static int Place(object index, long length, string type)
    {
        if (index is not (long or bool or BigInteger)) throw Raise.Type(type == "string" ? $"string indices must be integers, not '{Types.NameOf(index)}'" : $"{type} indices must be integers or slices, not {Types.NameOf(index)}");
        if (index is BigInteger) throw Raise.Index("cannot fit 'int' into an index-sized integer");
        var at = index is bool truth ? (truth ? 1 : 0) : (long)index;
        if (at < 0) at += length;
        if (at < 0 || at >= length) throw Raise.Index($"{type} index out of range");
        return (int)at;
    }
}
