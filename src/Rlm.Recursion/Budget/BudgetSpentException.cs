namespace Rlm.Recursion.Budget;

/// <summary>A limit leaves no room for what was asked. Nothing was booked.</summary>
/// <param name="kind">Which limit: <c>calls</c>, <c>tokens</c>, <c>usd</c>, <c>seconds</c> or <c>overrun</c> (a call cost more than was reserved for it, which stops the tree).</param>
/// <param name="message">The figures, for people.</param>
public sealed class BudgetSpentException(string kind, string message) : Exception(message)
{
    /// <summary>Which limit.</summary>
    public string Kind { get; } = kind;
}
