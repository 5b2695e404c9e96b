namespace Rlm.Recursion;

/// <summary>Who asks, and what back end that makes.</summary>
/// <param name="BackEnd">As the operator would write it, never <c>auto</c>.</param>
/// <param name="BackEndLine">Which, why, and what leaves the machine; for line 1.</param>
public sealed record Caller(string BackEnd, string BackEndLine)
{
    /// <summary>The name that a client gave; null on the command line.</summary>
    public string? ClientName { get; init; }

    /// <summary>Whether it is a model that can read by itself; a person on the command line is not.</summary>
    public bool ReadsByItself { get; init; }

    /// <summary>The command that turns on the best back end found; null where one is on.</summary>
    public string? TurnOn { get; init; }
}
