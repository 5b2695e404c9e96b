using System.Globalization;
using System.Text.RegularExpressions;

namespace Rlm.Recursion.Running.Leaves;

/// <summary>Where a handle points: <c>src/A.cs:10-42@3fa9c1d2</c>. Lines count from 1, both ends included.</summary>
internal readonly partial record struct Place(string Path, int First, int Last)
{
    /// <summary>Reads a handle; a text that is none is taken for a whole file's path.</summary>
    public static Place Of(string handle)
    {
        var match = Pattern().Match(handle);
        if (!match.Success || !Number(match.Groups[2], out var first)) return new(handle, 1, int.MaxValue);
        return new(match.Groups[1].Value, first, Number(match.Groups[3], out var last) ? last : first);
    }

    /// <summary>Whether they share a line.</summary>
    public bool Overlaps(Place other) => Path == other.Path && First <= other.Last && other.First <= Last;

    private static bool Number(Group group, out int number) => int.TryParse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    [GeneratedRegex(@"^(.+?):([0-9]{1,9})(?:-([0-9]{1,9}))?(?:@[0-9a-f]+)?\z", RegexOptions.Singleline | RegexOptions.RightToLeft)]
    private static partial Regex Pattern();
}
