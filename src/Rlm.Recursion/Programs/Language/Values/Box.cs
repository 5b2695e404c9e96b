using System.Numerics;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;

namespace Rlm.Recursion.Programs.Language.Values;

/// <summary>
/// Values as objects: <c>None</c> is <see cref="PyNone"/>, bool a boxed <c>bool</c>, int a boxed <c>long</c> or, outside of it, a <see cref="BigInteger"/>, float a boxed <c>double</c>, str a
/// <c>string</c> of well-formed UTF-16; everything else has a class here. Small ints and both bools are boxed once.
/// </summary>
internal static class Box
{
    public static readonly object True = true, False = false;
    private const int Below = 128, Above = 1024;
    private static readonly object[] Small = [.. Enumerable.Range(-Below, Below + Above).Select(value => (object)(long)value)];

    public static object Of(bool value) => value ? True : False;

    public static object Of(long value) => (ulong)(value + Below) < Below + Above ? Small[value + Below] : value;

    public static object Of(BigInteger value) => value >= long.MinValue && value <= long.MaxValue ? Of((long)value) : value;
}
