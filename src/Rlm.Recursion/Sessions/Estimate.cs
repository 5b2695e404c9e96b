using Rlm.Recursion.Budget;

namespace Rlm.Recursion.Sessions;

/// <summary>What a plan would cost.</summary>
/// <param name="Plan">What would be done, in one line.</param>
/// <param name="Low">If replies are short and nothing is asked twice.</param>
/// <param name="Likely">What to expect.</param>
/// <param name="Worst">What is reserved: it cannot be more.</param>
/// <param name="LikelySeconds">Wall time to expect.</param>
public sealed record Estimate(string Plan, CallCost Low, CallCost Likely, CallCost Worst, double LikelySeconds);
