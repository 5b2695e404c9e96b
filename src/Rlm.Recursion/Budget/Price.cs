namespace Rlm.Recursion.Budget;

/// <summary>What a model costs, in US dollars for a million tokens.</summary>
public readonly record struct Price(decimal Input, decimal Output)
{
    /// <summary>The price of one call, or of the worst case of one.</summary>
    public decimal Of(long inputTokens, long outputTokens) => ((inputTokens * Input) + (outputTokens * Output)) / 1_000_000m;
}
