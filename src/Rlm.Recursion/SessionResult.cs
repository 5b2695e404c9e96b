namespace Rlm.Recursion;

/// <summary>How a run stands.</summary>
public enum SessionStatus
{
    /// <summary>Done, nothing left out.</summary>
    Complete,
    /// <summary>Ended before all was done; the reason says why.</summary>
    Partial,
    /// <summary>Nothing came of it.</summary>
    Failed,
}

/// <summary>A quoted place that supports a finding.</summary>
/// <param name="Handle">Where it stands.</param>
/// <param name="Quote">The text quoted.</param>
/// <param name="Checked"><c>exact</c> when the text was read from that place by the server itself.</param>
public sealed record Citation(string Handle, string Quote, string Checked);

/// <summary>One thing found.</summary>
/// <param name="Unit">Handle of the unit that it is about.</param>
/// <param name="Symbol">The unit's symbol path, when it is one.</param>
/// <param name="Score">How well it fits; for ordering only.</param>
/// <param name="Text">The evidence itself.</param>
/// <param name="Citations">What it rests on.</param>
public sealed record Finding(string Unit, string? Symbol, double Score, string Text, IReadOnlyList<Citation> Citations);

/// <summary>What a run looked at: units in scope = judged + failed + skipped.</summary>
public sealed record Coverage(int Units, int Judged, int Failed, int Skipped);

/// <summary>The outcome of a run without any model: findings to read, never an answer.</summary>
/// <param name="Status">Complete, or failed when nothing was found.</param>
/// <param name="Reason">Why it is not complete; null when it is.</param>
/// <param name="Findings">Best first.</param>
/// <param name="Coverage">Over the files in scope.</param>
public sealed record SessionResult(SessionStatus Status, string? Reason, IReadOnlyList<Finding> Findings, Coverage Coverage);
