using Rlm.Recursion.Budget;

namespace Rlm.Recursion.Sessions;

/// <summary>What a list of sessions shows of each.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Parent">Who asked for it; null for a client.</param>
/// <param name="Task">What was asked: at most 200 characters of it.</param>
/// <param name="Status">How it stood when it was saved last.</param>
/// <param name="Started">When it began, UTC.</param>
public sealed record SessionSummary(string Id, string? Parent, string Task, SessionStatus Status, DateTimeOffset Started)
{
    /// <summary>0 for a session that a client opened.</summary>
    public int Depth { get; init; }

    /// <summary>The mode that was chosen.</summary>
    public required string Mode { get; init; }

    /// <summary>The back end.</summary>
    public required string BackEnd { get; init; }

    /// <summary>What it and its children spent.</summary>
    public CallCost Spent { get; init; }

    /// <summary>Wall time until it was saved last.</summary>
    public double Seconds { get; init; }

    /// <summary>Of a session.</summary>
    public static SessionSummary Of(SessionState state) => new(state.Id, state.Parent, Short(state.Request.Task), state.Status, state.Started)
    {
        Depth = state.Depth,
        Mode = state.Mode,
        BackEnd = state.BackEnd,
        Spent = state.Spent,
        Seconds = state.Seconds,
    };

    private static string Short(string task) => task.Length <= 200 ? task : string.Concat(task.AsSpan(0, char.IsHighSurrogate(task[198]) ? 198 : 199), "…");
}
