using System.Globalization;
using Rlm.Recursion.Budget;
using Rlm.Recursion.Running.Hosting;
using Rlm.Recursion.Running.Planning;
using Rlm.Recursion.Sessions;

namespace Rlm.Recursion.Running;

/// <summary>Plan and price of runs whose course nobody knows before: agents, and the client's own sub-agents. Nothing is sent or opened.</summary>
internal static class DryRun
{
    private const long FirstTurn = 4_000, LaterTurn = 12_000, Reply = 600;
    private const int LikelyTurns = 8, SecondsOfTurn = 10;

    /// <summary>Ends the session with its estimate.</summary>
    /// <exception cref="RecursionException">A scope that is wrong.</exception>
    public static void Price(SessionRun run, CancellationToken cancellationToken)
    {
        var estimate = run.Models is null ? OfHost(run, cancellationToken) : OfAgent(run, cancellationToken);
        run.Session.Update(state => state with { Status = SessionStatus.Complete, Estimate = estimate, Notes = [.. state.Notes, "dry run: nothing was spent"] });
    }

    // The client pays for its own sub-agents: calls and money are not ours.
    private static Estimate OfHost(SessionRun run, CancellationToken cancellationToken)
    {
        var plan = PartPlanner.Plan(run.Context.Units(run.Session.Scope, HostTask.Per(run.Session.Request), cancellationToken).Units);
        var tokens = plan.Parts.Sum(part => part.Tokens);
        var words = string.Create(CultureInfo.InvariantCulture, $"{plan.Parts.Count:N0} briefs for the client's own sub-agents, about {tokens:N0} tokens to read; {plan.Proof}");
        return new(words, default, default, default, 0);
    }

    private static Estimate OfAgent(SessionRun run, CancellationToken cancellationToken)
    {
        var (size, model, limits) = (run.Context.Size(run.Session.Scope, cancellationToken), run.Models!.Root.Model, run.Session.Ledger.Limits);
        CallCost Of(long calls, long input, long output) => new(calls, input, output, model.Price?.Of(input, output) ?? 0);
        CallCost Within(CallCost cost) => limits.Tokens is { } most && cost.Tokens > most ? Of(cost.Calls, Math.Max(0, most - cost.OutputTokens), Math.Min(cost.OutputTokens, most)) : cost;
        var low = Within(Of(2, 2 * FirstTurn, 2 * Reply));
        var likely = Within(Of(LikelyTurns, LikelyTurns * LaterTurn, LikelyTurns * Reply));
        // An agent may use all it is given, so that the limits are the worst case.
        var worst = limits.Tokens is { } tokens ? Of(limits.Calls ?? run.Options.AgentTurns, tokens - (tokens / 5), tokens / 5) : likely;
        if (limits.Usd is { } usd && worst.Usd > usd) worst = worst with { Usd = usd };
        var words = string.Create(CultureInfo.InvariantCulture, $"an agent of at most {run.Options.AgentTurns} turns over {size.Files:N0} files (about {size.Tokens:N0} tokens), which decides for itself what it reads; worst is its budget");
        return new(words, low, likely, worst, LikelyTurns * SecondsOfTurn);
    }
}
