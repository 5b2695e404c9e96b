namespace Rlm.Recursion;

/// <summary>What the operator decides about sub-agent sessions. Tool arguments may only lower these.</summary>
public sealed class RecursionOptions
{
    /// <summary>The back end, <c>provider:model</c>; null: none chosen, so only <c>extractive</c> evidence is given.</summary>
    public string? Model { get; init; }
}
