using System.Numerics;
using Rlm.Recursion.Programs.Language.Builtins;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Modules;

/// <summary>Functions of <c>math</c> that give ints, or take iterables.</summary>
internal static class WholeMath
{
    public static readonly Dictionary<string, Native> All = new()
    {
        ["floor"] = (_, args) => args.One("math.floor") is double value ? Conversions.OfFloat(Math.Floor(value)) : Whole(args[0]),
        ["ceil"] = (_, args) => args.One("math.ceil") is double value ? Conversions.OfFloat(Math.Ceiling(value)) : Whole(args[0]),
        ["trunc"] = (_, args) => args.One("math.trunc") is double value ? Conversions.OfFloat(value) : Indexes.IsInt(args[0]) ? Whole(args[0]) : throw Raise.Type($"type {Types.NameOf(args[0])} doesn't define __trunc__ method"),
        ["gcd"] = (_, args) => Box.Of(args.Items.Aggregate(BigInteger.Zero, (sum, item) => BigInteger.GreatestCommonDivisor(sum, Indexes.Big(item)))),
        ["lcm"] = (machine, args) => Box.Of(args.Items.Aggregate(BigInteger.One, (sum, item) => Lcm(machine, sum, Indexes.Big(item)))),
        ["isqrt"] = (machine, args) => Indexes.Big(args.One("math.isqrt")) is { Sign: >= 0 } value ? Box.Of(Root(machine, value)) : throw Raise.Value("isqrt() argument must be nonnegative"),
        ["factorial"] = Factorial,
        ["comb"] = (machine, args) => args.Between("comb", 2, 2) is [{ } n, { } k] ? Choose(machine, Count(n, "n"), Count(k, "k"), ordered: false) : PyNone.Value,
        ["perm"] = (machine, args) => args.Between("perm", 1, 2) is [{ } n, var k] ? Choose(machine, Count(n, "n"), k is null or PyNone ? Count(n, "n") : Count(k, "k"), ordered: true) : PyNone.Value,
        ["prod"] = Product,
    };

    private static object Whole(object value) => Indexes.IsInt(value) ? Box.Of(Indexes.Big(value)) : throw Raise.Type($"must be real number, not {Types.NameOf(value)}");

    private static BigInteger Lcm(Machine machine, BigInteger a, BigInteger b)
    {
        Ints.Room(machine, a.GetBitLength() + b.GetBitLength());
        return a.IsZero || b.IsZero ? 0 : BigInteger.Abs(a / BigInteger.GreatestCommonDivisor(a, b) * b);
    }

    // Newton's method from above.
    private static BigInteger Root(Machine machine, BigInteger value)
    {
        if (value.IsZero) return 0;
        var root = BigInteger.One << (int)((value.GetBitLength() + 1) / 2);
        while (true)
        {
            machine.Tick(1 + value.GetBitLength() / 16);
            var next = (root + value / root) >> 1;
            if (next >= root) return root;
            root = next;
        }
    }

    private static object Factorial(Machine machine, Args args)
    {
        if (!Indexes.IsInt(args.One("math.factorial"))) throw Raise.Type($"'{Types.NameOf(args[0])}' object cannot be interpreted as an integer");
        var number = Indexes.Of(args[0]);
        if (number < 0) throw Raise.Value("factorial() not defined for negative values");
        return Choose(machine, number, number, ordered: true);
    }

    private static long Count(object value, string name) => Indexes.Of(value) is >= 0 and var count ? count : throw Raise.Value($"{name} must be a non-negative integer");

    private static object Choose(Machine machine, long n, long k, bool ordered)
    {
        if (k > n) return Box.Of(0);
        if (!ordered) k = Math.Min(k, n - k);
        var value = BigInteger.One;
        for (var index = 0L; index < k; index++)
        {
            machine.Tick(1 + value.GetBitLength() / 512);
            if ((index & 255) == 0) Ints.Room(machine, value.GetBitLength() + 64);
            value *= n - index;
            if (!ordered) value /= index + 1;
        }
        return Box.Of(value);
    }

    private static object Product(Machine machine, Args args)
    {
        var given = args.Bind("prod", 1, "/iterable", "*start");
        return Iterating.Each(machine, given[0]!).Aggregate(given[1] ?? Box.Of(1), (total, item) => Arith.Binary(machine, "*", total, item));
    }
}
