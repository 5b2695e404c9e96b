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

    private const long Most = 1_000_000_000_000_000;

    /// <summary>Negative somewhere, or so large (10^15) that sums of it might overflow: no cost of any call.</summary>
    internal bool IsAbsurd => Calls is < 0 or > Most || InputTokens is < 0 or > Most || OutputTokens is < 0 or > Most || Usd is < 0 or > Most;

    public static CallCost operator +(CallCost left, CallCost right) =>
        new(left.Calls + right.Calls, left.InputTokens + right.InputTokens, left.OutputTokens + right.OutputTokens, left.Usd + right.Usd);

    public static CallCost operator -(CallCost left, CallCost right) =>
        new(left.Calls - right.Calls, left.InputTokens - right.InputTokens, left.OutputTokens - right.OutputTokens, left.Usd - right.Usd);
}
