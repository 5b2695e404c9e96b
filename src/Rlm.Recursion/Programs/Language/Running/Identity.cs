using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary><c>is</c>. Whether equal numbers and strings are one object depends on CPython's insides; where that is not certain the question is refused.</summary>
internal static class Identity
{
    public static bool Same(object left, object right)
    {
        if (left is not (long or string or double) && ReferenceEquals(left, right)) return true;
        if (left is bool a && right is bool b) return a == b;
        if (left is long one && right is long other) return one == other && (one is >= -5 and <= 256 ? true : throw Refuse.Here(Refusals.Identity));
        if (left is string { Length: <= 1 } && right is string single) return string.Equals((string)left, single);
        if (left is string or double or System.Numerics.BigInteger && left.GetType() == right.GetType() && Comparing.Equal(left, right)) throw Refuse.Here(Refusals.Identity);
        if (left is PyTuple { Items.Length: 0 } && right is PyTuple { Items.Length: 0 }) return true;
        return false;
    }
}
