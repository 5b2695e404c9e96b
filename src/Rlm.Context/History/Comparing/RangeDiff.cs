namespace Rlm.Context.History.Comparing;

/// <summary>How the files of two revisions differ.</summary>
/// <param name="Files">Those that may be shown or named, by path.</param>
/// <param name="Ignored">How many more differ that ignore rules leave out.</param>
/// <param name="NotCompared">How many of <paramref name="Files"/> were not compared because the time was up.</param>
public sealed record RangeDiff(IReadOnlyList<FileDiff> Files, int Ignored, int NotCompared)
{
    /// <summary>All symbols that differ, by path.</summary>
    public IEnumerable<SymbolChange> Symbols => Files.SelectMany(file => file.Symbols);
}
