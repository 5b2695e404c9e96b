namespace Rlm.Recursion;

/// <summary>A caller's mistake, or something that is not to be had; <see cref="Code"/> is the contract's word for it.</summary>
/// <param name="code"><c>bad_argument</c>, <c>unknown_session</c>, <c>depth_limit</c>, <c>budget_spent</c>, <c>not_available</c>, <c>out_of_scope</c>…</param>
/// <param name="message">What was asked; what is true.</param>
/// <param name="next">What to do next.</param>
public sealed class RecursionException(string code, string message, string next) : Exception(message)
{
    /// <summary>The contract's error word.</summary>
    public string Code { get; } = code;

    /// <summary>What to do next.</summary>
    public string Next { get; } = next;
}
