namespace Rlm.Recursion.Context;

/// <summary>A quoted place that supports a finding.</summary>
/// <param name="Handle">Where it stands.</param>
/// <param name="Quote">The text quoted.</param>
/// <param name="Checked">Whether it was found there.</param>
public sealed record Citation(string Handle, string Quote, QuoteCheck Checked);
