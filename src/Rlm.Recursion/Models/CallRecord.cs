using System.Text.Json;
using Microsoft.Extensions.AI;
using Rlm.Recursion.Budget;
using Rlm.Recursion.Sessions;
using Rlm.Recursion.Trajectories;

namespace Rlm.Recursion.Models;

/// <summary>Writes one call into its session's trajectory: a <c>model</c> entry for each request sent, then an <c>error</c> where all tries failed, or a <c>limit</c> where none was allowed.</summary>
/// <param name="session">Whose.</param>
/// <param name="purpose">What it is for.</param>
/// <param name="model">The model's name.</param>
/// <param name="digest">Of the request.</param>
/// <param name="read">Handles of what the request shows to the model.</param>
/// <param name="time">The clock.</param>
internal sealed class CallRecord(Session session, string purpose, string model, string digest, IReadOnlyList<string> read, TimeProvider time)
{
    private readonly JsonElement _request = JsonSerializer.SerializeToElement(new { model, digest });

    /// <summary>Whose call it is.</summary>
    public Session Session { get; } = session;

    /// <summary>A request was sent and answered.</summary>
    public void Answered(ChatResponse response, CallCost cost, TimeSpan took) => Append("model", ReplyText.Write(response), null, cost, took);

    /// <summary>A request was sent and came to nothing.</summary>
    public void Sent(string why, CallCost cost, TimeSpan took) => Append("model", null, why, cost, took);

    /// <summary>The call came to nothing.</summary>
    public void Failed(ModelFaultException fault) => Append("error", ReplyText.Write(fault), fault.Message, default, default);

    /// <summary>The budget has no room for the call.</summary>
    public void Refused(BudgetSpentException spent) => Append("limit", null, spent.Message, default, default);

    private void Append(string kind, string? result, string? note, CallCost cost, TimeSpan took) => Session.Trajectory.Append(new TrajectoryEntry(Session.Id, 0, kind)
    {
        At = time.GetUtcNow(),
        Tool = purpose,
        Arguments = _request,
        Result = result,
        Note = note,
        // What was not sent was not read either.
        Handles = kind == "model" ? read : [],
        Usd = cost.Usd,
        InputTokens = cost.InputTokens,
        OutputTokens = cost.OutputTokens,
        Seconds = took.TotalSeconds,
    });
}
