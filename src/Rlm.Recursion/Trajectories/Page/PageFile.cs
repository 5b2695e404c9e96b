using System.Globalization;

namespace Rlm.Recursion.Trajectories.Page;

/// <summary>A file of which something was read.</summary>
/// <param name="Number">Counts from 1, by path.</param>
/// <param name="Path">Its path.</param>
/// <param name="Slices">By first line, longer ones first.</param>
internal sealed record PageFile(int Number, string Path, IReadOnlyList<PageSlice> Slices)
{
    /// <summary>Lines on which a quote begins that the page links to.</summary>
    public SortedSet<int> Cited { get; } = [];

    /// <summary>Where a file stands on the page.</summary>
    public static string Anchor(int number) => string.Create(CultureInfo.InvariantCulture, $"f{number}");

    /// <summary>Where a line of it stands.</summary>
    public static string Anchor(int number, int line) => string.Create(CultureInfo.InvariantCulture, $"f{number}l{line}");

    /// <summary>The lines that are shown, by number. A line of which one slice shows a part of a secret, and another masks it, is masked.</summary>
    public SortedDictionary<int, string> Lines()
    {
        var lines = new SortedDictionary<int, string>();
        foreach (var slice in Slices.Where(slice => slice.Lines is not null).OrderBy(slice => slice.IsMasked))
            for (var at = 0; at < slice.Lines!.Count; at++) lines[slice.Place.First + at] = slice.Lines[at];
        return lines;
    }
}
