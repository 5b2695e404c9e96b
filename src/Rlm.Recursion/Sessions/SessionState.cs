using Rlm.Recursion.Budget;
using Rlm.Recursion.Context;

namespace Rlm.Recursion.Sessions;

/// <summary>All that is known of a session at one moment; what is kept on disk and shown.</summary>
public sealed record SessionState
{
    /// <summary>Unguessable: 128 random bits in lower-case base 32 behind <c>s-</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Who asked for it; null for a client.</summary>
    public string? Parent { get; init; }

    /// <summary>0 for a session that a client opens.</summary>
    public int Depth { get; init; }

    /// <summary>What was asked.</summary>
    public required RecurseRequest Request { get; init; }

    /// <summary>What it may look at.</summary>
    public required ContextScope Scope { get; init; }

    /// <summary>The mode that was chosen.</summary>
    public string Mode { get; init; } = "auto";

    /// <summary>Why that mode, in words; null where it was asked for.</summary>
    public string? ModeReason { get; init; }

    /// <summary>The back end, as the operator would write it.</summary>
    public required string BackEnd { get; init; }

    /// <summary>How it stands.</summary>
    public SessionStatus Status { get; init; } = SessionStatus.Running;

    /// <summary>Why it is partial or failed; null otherwise.</summary>
    public string? Reason { get; init; }

    /// <summary>The answer, or the draft so far.</summary>
    public Answer Answer { get; init; } = Answer.None;

    /// <summary>In the order of their units; for evidence best first.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>What was looked at.</summary>
    public Coverage Coverage { get; init; } = new(0, 0, 0, 0);

    /// <summary>Sessions that it asked for, in order.</summary>
    public IReadOnlyList<string> Children { get; init; } = [];

    /// <summary>For a session that a client's sub-agent is to run: what to tell it.</summary>
    public string? Brief { get; init; }

    /// <summary>What it and its children spent.</summary>
    public CallCost Spent { get; init; }

    /// <summary>Wall time until now or its end.</summary>
    public double Seconds { get; init; }

    /// <summary>Tokens that model calls of the tree read and wrote.</summary>
    public long TreeTokens => Spent.Tokens;

    /// <summary>Limits that it runs under.</summary>
    public Limits Limits { get; init; } = new();

    /// <summary>Limits that were asked for above the operator's.</summary>
    public IReadOnlyList<string> Clamped { get; init; } = [];

    /// <summary>Degradations that were taken, in order: <c>no new children</c>, <c>signatures instead of bodies</c>, <c>leaf model for the merge</c>, <c>merged by code</c>.</summary>
    public IReadOnlyList<string> Steps { get; init; } = [];

    /// <summary>Other things to tell the caller, each one line.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>For a dry run, or a plan that exceeds the budget.</summary>
    public Estimate? Estimate { get; init; }

    /// <summary>The version of what is in scope when it began; null where it is not known.</summary>
    public string? Version { get; init; }

    /// <summary>When it began, UTC.</summary>
    public DateTimeOffset Started { get; init; }

    /// <summary>Whether nothing more will happen to it by itself.</summary>
    public bool IsEnded => Status is not (SessionStatus.Running or SessionStatus.NeedsHost);
}
