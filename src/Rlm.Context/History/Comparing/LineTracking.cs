using Rlm.Context.Files;

namespace Rlm.Context.History.Comparing;

/// <summary>Where lines of a new text were in the old one.</summary>
internal static class LineTracking
{
    /// <summary>Whether any hunk changes lines of the range: touches them, or removes lines between them.</summary>
    public static bool Touches(IReadOnlyList<LineHunk> hunks, LineRange range)
    {
        foreach (var hunk in hunks)
            if (hunk.NewCount > 0 ? hunk.NewStart <= range.End && hunk.NewStart + hunk.NewCount - 1 >= range.Start : hunk.NewStart > range.Start && hunk.NewStart <= range.End) return true;
        return false;
    }

    /// <summary>The old line of a new one that no hunk touches; null for one that is new.</summary>
    public static int? Old(IReadOnlyList<LineHunk> hunks, int line)
    {
        var shift = 0;
        foreach (var hunk in hunks)
        {
            if (hunk.NewStart > line) break;
            if (line < hunk.NewStart + hunk.NewCount) return null;
            shift = hunk.OldStart + hunk.OldCount - hunk.NewStart - hunk.NewCount;
        }
        return line + shift;
    }

    /// <summary>The old lines that a range of new ones came from: from the first to the last line that was there before, widened by what stood in their place; null when all of it is new.</summary>
    public static LineRange? Old(IReadOnlyList<LineHunk> hunks, LineRange range)
    {
        int? first = null, last = null;
        for (var line = range.Start; line <= range.End && first is null; line++) first = Old(hunks, line);
        for (var line = range.End; line >= range.Start && last is null; line--) last = Old(hunks, line);
        return first is null || last is null ? null : new(first.Value, last.Value);
    }
}
