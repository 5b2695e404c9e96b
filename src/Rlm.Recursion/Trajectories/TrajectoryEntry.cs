using System.Text.Json;

namespace Rlm.Recursion.Trajectories;

/// <summary>One thing that a session did.</summary>
/// <param name="Session">Whose.</param>
/// <param name="Seq">Counts from 1 in each session; 0 before it is written.</param>
/// <param name="Kind"><c>model</c>, <c>tool</c>, <c>submit</c>, <c>limit</c> or <c>error</c>.</param>
public sealed record TrajectoryEntry(string Session, int Seq, string Kind)
{
    /// <summary>When, UTC.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The tool's name, or what a model call was for: <c>ask</c>, <c>leaf</c>, <c>reduce</c>, <c>verify</c>, <c>turn</c>.</summary>
    public string? Tool { get; init; }

    /// <summary>The tool's arguments, or what the model was sent (a digest of it) and answered.</summary>
    public JsonElement? Arguments { get; init; }

    /// <summary>The reply or result in full: what a replay gives instead of asking again.</summary>
    public string? Result { get; init; }

    /// <summary>Handles that were read.</summary>
    public IReadOnlyList<string> Handles { get; init; } = [];

    /// <summary>Tokens sent.</summary>
    public long InputTokens { get; init; }

    /// <summary>Tokens received.</summary>
    public long OutputTokens { get; init; }

    /// <summary>Money in US dollars; 0 where no price is known, and in recordings of older builds.</summary>
    public decimal Usd { get; init; }

    /// <summary>How long it took.</summary>
    public double Seconds { get; init; }

    /// <summary>For the beginning of a child: the recursion's reason, and later what it gained.</summary>
    public string? Note { get; init; }
}
