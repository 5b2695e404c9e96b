namespace Rlm.Recursion.Running.Planning;

/// <summary>How a request is to run, and why.</summary>
/// <param name="Mode"><c>store</c> (answered already), <c>none</c> (the caller reads by itself), <c>ask</c>, <c>map</c> or <c>agent</c>.</param>
/// <param name="Reason">In words, for the caller.</param>
internal sealed record GateChoice(string Mode, string Reason)
{
    /// <summary>The store's exact answer; null for other modes than <c>store</c>.</summary>
    public string? Answer { get; init; }

    /// <summary>What to read instead, for <c>none</c>.</summary>
    public IReadOnlyList<string> Handles { get; init; } = [];

    /// <summary>Whether a session is opened at all.</summary>
    public bool NeedsSession => Mode is not ("store" or "none");
}
