using System.Numerics;
using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Builtins;

/// <summary>Methods of int and float.</summary>
internal static class NumberMethods
{
    public static readonly Dictionary<string, Method> Ints = new()
    {
        ["bit_length"] = (_, self, args) => Box.Of((long)BigInteger.Abs(Indexes.Big(Empty(self, args, "bit_length"))).GetBitLength()),
        ["bit_count"] = (_, self, args) => Box.Of(BigInteger.Abs(Indexes.Big(Empty(self, args, "bit_count"))).ToByteArray().Sum(part => (long)BitOperations.PopCount(part))),
        ["is_integer"] = (_, self, args) => Raise<object>(self, "is_integer"),
        ["conjugate"] = (machine, self, args) => Arith.Positive(machine, Empty(self, args, "conjugate")),
        ["as_integer_ratio"] = (machine, self, args) => PyTuple.Of(Arith.Positive(machine, Empty(self, args, "as_integer_ratio")), Box.Of(1)),
    };

    public static readonly Dictionary<string, Method> Floats = new()
    {
        ["is_integer"] = (_, self, args) => Box.Of(double.IsFinite((double)Empty(self, args, "is_integer")) && Math.Floor((double)self) == (double)self),
        ["conjugate"] = (_, self, args) => Empty(self, args, "conjugate"),
    };

    private static object Empty(object self, Args args, string name)
    {
        args.Zero(name);
        return self;
    }

    // int.is_integer came with 3.12.
    private static T Raise<T>(object self, string name) => throw Running.Raise.Attribute(self, name);
}
