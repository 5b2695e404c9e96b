namespace Rlm.Recursion.Running.Planning;

/// <summary>The back end that a run takes.</summary>
/// <param name="Name">As the operator would write it.</param>
/// <param name="Line">For line 1: which, why, and what leaves the machine.</param>
internal sealed record BackEndPick(string Name, string Line)
{
    /// <summary>For <c>host</c> and <c>extractive</c>: the exact command that turns on the best back end found; null where one is on.</summary>
    public string? TurnOn { get; init; }
}
