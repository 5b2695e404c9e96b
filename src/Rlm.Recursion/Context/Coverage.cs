namespace Rlm.Recursion.Context;

/// <summary>What a run looked at: units in scope = judged + failed + skipped.</summary>
public sealed record Coverage(int Units, int Judged, int Failed, int Skipped)
{
    /// <summary>Why units failed or were skipped, by reason with counts.</summary>
    public IReadOnlyDictionary<string, int> Reasons { get; init; } = new Dictionary<string, int>();

    /// <summary>The first of those that failed or were skipped, in order, as far as they have a name.</summary>
    public IReadOnlyList<MissingUnit> Missing { get => field ?? []; init; } = []; // files of older builds have none

    /// <summary>Names that are kept at most; the counts tell of all.</summary>
    internal const int MostMissing = 100;

    /// <summary>Whether every unit was judged.</summary>
    public bool IsFull => Failed == 0 && Skipped == 0;
}
