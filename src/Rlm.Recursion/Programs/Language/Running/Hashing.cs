using System.Numerics;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary>Hashes as CPython has them for numbers and tuples (modulo 2^61 − 1; xxHash over elements); for strings, where CPython's are random, FNV-1a.</summary>
internal static class Hashing
{
    private const long Modulus = (1L << 61) - 1;

    public static long Of(object value) => value switch
    {
        string text => OfText(text),
        long number => OfInt(number),
        bool truth => truth ? 1 : 0,
        double number => OfFloat(number),
        BigInteger big => OfBig(big),
        PyNone none => none.Name.Length * 7_919,
        PyTuple tuple => OfTuple(tuple.Items),
        PySet { Frozen: true } set => OfSet(set),
        PyInstance instance => Instances.Hash(instance),
        PyList or LazyList or PyDict or PySet or PyDeque or PySlice or PyDictView { Kind: not "dict_values" } => throw Raise.Type($"unhashable type: '{Types.NameOf(value)}'"),
        PyRange range => OfTuple([Box.Of(range.Count), range.Count == 0 ? PyNone.Value : Box.Of(range.Start), range.Count <= 1 ? PyNone.Value : Box.Of(range.Step)]),
        _ => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(value),
    };

    private static long OfText(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var character in text) hash = (hash ^ character) * 1099511628211UL;
        return Valid((long)(hash ^ (hash >> 29)));
    }

    private static long OfInt(long number) => Valid(number is > -Modulus and < Modulus ? number : number == long.MinValue ? -4 : number % Modulus);

    private static long OfBig(BigInteger number) => Valid((long)(BigInteger.Remainder(number, Modulus)));

    private static long OfFloat(double number)
    {
        if (double.IsInfinity(number)) return number > 0 ? 314_159 : -314_159;
        if (double.IsNaN(number)) return 0;
        if (Math.Floor(number) == number) return Math.Abs(number) < 9e18 ? OfInt((long)number) : OfBig(new BigInteger(number));
        return Fraction(number);
    }

    // CPython's _Py_HashDouble: the mantissa goes in 28 bits at a time, the exponent turns the result.
    private static long Fraction(double number)
    {
        var exponent = number == 0 ? 0 : Math.ILogB(number) + 1;
        var mantissa = Math.ScaleB(Math.Abs(number), -exponent);
        ulong x = 0;
        while (mantissa != 0)
        {
            x = ((x << 28) & (ulong)Modulus) | x >> (61 - 28);
            mantissa *= 268_435_456.0;
            exponent -= 28;
            var y = (ulong)mantissa;
            mantissa -= y;
            x += y;
            if (x >= (ulong)Modulus) x -= (ulong)Modulus;
        }
        exponent = exponent >= 0 ? exponent % 61 : 61 - 1 - (-1 - exponent) % 61;
        x = ((x << exponent) & (ulong)Modulus) | x >> (61 - exponent);
        return Valid(number < 0 ? -(long)x : (long)x);
    }

    private static long OfTuple(object[] items)
    {
        Deep.Check();
        const ulong Prime1 = 11400714785074694791UL, Prime2 = 14029467366897019727UL, Prime5 = 2870177450012600261UL;
        var hash = Prime5;
        foreach (var item in items)
        {
            hash += (ulong)Of(item) * Prime2;
            hash = BitOperations.RotateLeft(hash, 31) * Prime1;
        }
        hash += (ulong)items.Length ^ (Prime5 ^ 3527539UL);
        return hash == ulong.MaxValue ? 1546275796 : (long)hash;
    }

    // CPython's frozenset_hash.
    private static long OfSet(PySet set)
    {
        ulong hash = 0;
        foreach (var item in set.Items)
        {
            var own = (ulong)Of(item);
            hash ^= (own ^ 89869747UL ^ (own << 16)) * 3644798167UL;
        }
        hash ^= ((ulong)set.Count + 1) * 1927868237UL;
        hash ^= (hash >> 11) ^ (hash >> 25);
        hash = hash * 69069UL + 907133923UL;
        return hash == ulong.MaxValue ? 590923713 : (long)hash;
    }

    private static long Valid(long hash) => hash == -1 ? -2 : hash;
}
