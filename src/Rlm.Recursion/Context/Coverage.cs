namespace Rlm.Recursion.Context;

/// <summary>What a run looked at: units in scope = judged + failed + skipped.</summary>
public sealed record Coverage(int Units, int Judged, int Failed, int Skipped)
{
    /// <summary>Why units failed or were skipped, by reason with counts.</summary>
    public IReadOnlyDictionary<string, int> Reasons { get; init; } = new Dictionary<string, int>();

    /// <summary>Whether every unit was judged.</summary>
    public bool IsFull => Failed == 0 && Skipped == 0;
}
