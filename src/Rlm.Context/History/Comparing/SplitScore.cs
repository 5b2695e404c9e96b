namespace Rlm.Context.History.Comparing;

/// <summary>How bad a place is for a block of changed lines to begin or end, with the weights of git's indent heuristic; the lower the better.</summary>
/// <param name="Indent">Of the first line behind the split, blank ones aside.</param>
/// <param name="Penalty">For what stands around it.</param>
internal readonly record struct SplitScore(int Indent, int Penalty)
{
    private const int MaxBlanks = 20, IndentWeight = 60, StartOfFile = 1, EndOfFile = 21, TotalBlanks = -30, BlanksAfter = 6,
        Indented = -4, IndentedAfterBlank = 10, Outdented = 24, OutdentedAfterBlank = 17, Dedented = 23, DedentedAfterBlank = 17;

    public static SplitScore operator +(SplitScore left, SplitScore right) => new(left.Indent + right.Indent, left.Penalty + right.Penalty);

    public bool IsWorseThan(SplitScore other) => (IndentWeight * Math.Sign(Indent.CompareTo(other.Indent))) + Penalty - other.Penalty > 0;

    /// <summary>The score of a split before a line.</summary>
    /// <param name="indents">The indentation of each line; -1 for a blank one.</param>
    /// <param name="split">The line behind the split, from 0; behind the last line at the end.</param>
    public static SplitScore At(int[] indents, int split)
    {
        var own = split < indents.Length ? indents[split] : -1;
        var (before, blanksBefore) = Nearest(indents, split - 1, -1);
        var (after, blanksBehind) = Nearest(indents, split + 1, 1);
        var blanksAfter = own < 0 ? 1 + blanksBehind : 0;
        var blanks = blanksBefore + blanksAfter;
        var penalty = (before < 0 && blanksBefore == 0 ? StartOfFile : 0) + (split >= indents.Length ? EndOfFile : 0) + (TotalBlanks * blanks) + (BlanksAfter * blanksAfter);
        var indent = own >= 0 ? own : after;
        if (indent >= 0 && before >= 0 && indent != before) penalty += Change(indent, before, after, blanks > 0);
        return new(indent, penalty);
    }

    private static int Change(int indent, int before, int after, bool hasBlanks)
    {
        if (indent > before) return hasBlanks ? IndentedAfterBlank : Indented;
        if (after >= 0 && after > indent) return hasBlanks ? OutdentedAfterBlank : Outdented;
        return hasBlanks ? DedentedAfterBlank : Dedented;
    }

    // The indentation of the nearest line that is not blank, and how many blank ones come before it.
    private static (int Indent, int Blanks) Nearest(int[] indents, int from, int step)
    {
        var blanks = 0;
        for (var line = from; line >= 0 && line < indents.Length; line += step)
        {
            if (indents[line] >= 0) return (indents[line], blanks);
            if (++blanks == MaxBlanks) return (0, blanks);
        }
        return (-1, blanks);
    }
}
