namespace Rlm.Benchmarks.Recursion;

/// <summary>One figure as it was to be and as it was.</summary>
/// <param name="What">Of which it is the figure.</param>
/// <param name="Wanted">The limit, in words.</param>
/// <param name="Measured">What came out, in words.</param>
/// <param name="IsMet">Whether it is within the limit.</param>
internal sealed record Figure(string What, string Wanted, string Measured, bool IsMet);
