using System.Text.Json;
using Rlm.Recursion.Budget;
using Rlm.Recursion.Context;

namespace Rlm.Recursion;

/// <summary>What a client or a session asks of sub-agents.</summary>
/// <param name="Task">The question.</param>
public sealed record RecurseRequest(string Task)
{
    /// <summary>Scope expressions or targets; none for all that the asker may see.</summary>
    public IReadOnlyList<string> Over { get; init; } = [];

    /// <summary><c>auto</c>, <c>ask</c>, <c>map</c> or <c>agent</c>.</summary>
    public string Mode { get; init; } = "auto";

    /// <summary>How a map cuts its scope; null for the best for the scope: matches of a set, else files.</summary>
    public UnitKind? Per { get; init; }

    /// <summary>What the units of a pair share.</summary>
    public PairKey PairBy { get; init; }

    /// <summary>JSON schema of each unit's value, or of the answer; null for free text.</summary>
    public JsonElement? Schema { get; init; }

    /// <summary><c>none</c>, <c>count</c>, <c>group:FIELD</c>, <c>concat</c>, or a prompt to reduce by; null for what fits the task.</summary>
    public string? Merge { get; init; }

    /// <summary>Whether each final claim is checked by one independent call.</summary>
    public bool Verify { get; init; }

    /// <summary>Lower limits than the operator's.</summary>
    public Limits Limits { get; init; } = new();

    /// <summary>Plan and price only.</summary>
    public bool DryRun { get; init; }

    /// <summary>Why the asker, itself a session, goes deeper: <c>asked</c>, <c>too_large</c>, <c>uncovered</c>, <c>uncertain</c> or <c>contradiction</c>.</summary>
    public string Reason { get; init; } = "asked";
}
