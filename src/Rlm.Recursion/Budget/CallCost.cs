namespace Rlm.Recursion.Budget;

/// <summary>What model calls cost, or at worst may cost.</summary>
/// <param name="Calls">Requests sent.</param>
/// <param name="InputTokens">Tokens sent.</param>
/// <param name="OutputTokens">Tokens received.</param>
/// <param name="Usd">Money in US dollars; 0 where no price is known.</param>
public readonly record struct CallCost(long Calls, long InputTokens, long OutputTokens, decimal Usd)
{
    /// <summary>Input and output together.</summary>
    public long Tokens => InputTokens + OutputTokens;

    public static CallCost operator +(CallCost left, CallCost right) =>
        new(left.Calls + right.Calls, left.InputTokens + right.InputTokens, left.OutputTokens + right.OutputTokens, left.Usd + right.Usd);

    public static CallCost operator -(CallCost left, CallCost right) =>
        new(left.Calls - right.Calls, left.InputTokens - right.InputTokens, left.OutputTokens - right.OutputTokens, left.Usd - right.Usd);
}
