using Rlm.Recursion.Programs.Language.Running;

namespace Rlm.Recursion.Programs.Language.Values;

/// <summary>Keys are equal as Python says: <c>1 == 1.0 == True</c>.</summary>
internal sealed class KeyComparer : IEqualityComparer<object>
{
    public static readonly KeyComparer Instance = new();

    bool IEqualityComparer<object>.Equals(object? left, object? right) => ReferenceEquals(left, right) || (left is string a ? right is string b && string.Equals(a, b) : Comparing.Same(left!, right!));

    public int GetHashCode(object key) => key is string text ? text.GetHashCode(StringComparison.Ordinal) : Fold(Hashing.Of(key));

    private static int Fold(long hash) => (int)hash ^ (int)(hash >> 32);
}
