using System.Globalization;
using Rlm.Recursion.Budget;
using Rlm.Recursion.Context;
using Rlm.Recursion.Running.Planning;
using Rlm.Recursion.Sessions;

namespace Rlm.Recursion.Running.Hosting;

/// <summary>
/// A run whose work is done by sub-agents of the client, without a key: the scope is cut into parts, each part becomes a child session with a brief, sub-agents read under its id and submit,
/// and the parent merges:
/// <code>
/// Begin -> needs_host with briefs -> (read under the session, submit)… -> Advance -> more briefs, or merged
/// </code>
/// Everything needed to go on is in the sessions' states, so that a restart in between changes nothing. No model is called.
/// </summary>
internal static class HostRun
{
    /// <summary>Opens the children, and briefs for as many as the client can work on at once.</summary>
    /// <param name="run">The session; it needs no model.</param>
    /// <param name="client">Who does the work.</param>
    /// <param name="sessions">Opens children.</param>
    /// <param name="turnOn">The command that turns on a back end, for the last line.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RecursionException">A scope that is wrong or empty.</exception>
    public static void Begin(SessionRun run, HostClient client, IHostSessions sessions, string? turnOn, CancellationToken cancellationToken)
    {
        var per = HostTask.Per(run.Session.Request);
        var units = run.Context.Units(run.Session.Scope, per, cancellationToken);
        if (units.Units.Count == 0) throw new RecursionException("bad_argument", "the scope holds nothing that could be read", "Widen over; map shows what is there.");
        var plan = PartPlanner.Plan(units.Units);
        if (run.Session.Request.DryRun)
        {
            Price(run.Session, plan, HostCoverage.Waiting(units));
            return;
        }
        var parts = Affordable(plan.Parts, run.Session);
        if (Depths.MayDescend(run)) OpenAll(run.Session, sessions, parts, per, PartScope.PerPath(units.Units));
        HandOut(run, client, sessions, cancellationToken); // before the status: whoever waits for that reads the briefs next
        run.Session.Update(state => state with
        {
            Status = SessionStatus.NeedsHost,
            Coverage = HostCoverage.Waiting(units),
            Brief = state.Children.Count == 0 ? Brief.Of(run.Session, 1, 1, plan.Parts.Sum(part => part.Tokens)) : null,
            Notes = [.. state.Notes, $"parts: {plan.Proof}", .. LeftOut(plan.Parts, parts.Count, state.Children.Count), .. AsWhole(state), .. Hint(client, turnOn)],
        });
    }

    /// <summary>Goes on: hands out briefs whose turn has come, and merges when all children have submitted.</summary>
    /// <param name="run">The session.</param>
    /// <param name="client">Who does the work.</param>
    /// <param name="sessions">Finds children.</param>
    /// <param name="merge">Joins findings by code.</param>
    /// <param name="close">Merge now, and count what has not been submitted as skipped.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static void Advance(SessionRun run, HostClient client, IHostSessions sessions, FindingsMerge merge, bool close, CancellationToken cancellationToken)
    {
        if (run.Session.State.Status != SessionStatus.NeedsHost) return;
        var workers = Workers(run.Session, sessions);
        if (!close && workers.Any(worker => !IsDone(worker))) HandOut(run, client, sessions, cancellationToken);
        else HostMerge.Run(run, workers, sessions, merge, cancellationToken);
    }

    /// <summary>Hands out briefs whose turn has come, and merges nothing.</summary>
    public static void HandOutNext(SessionRun run, HostClient client, IHostSessions sessions, CancellationToken cancellationToken)
    {
        if (run.Session.State.Status == SessionStatus.NeedsHost) HandOut(run, client, sessions, cancellationToken);
    }

    /// <summary>Whether a session that a sub-agent runs has submitted, or ended otherwise.</summary>
    internal static bool IsDone(Session worker) => worker.State.IsEnded || worker.State.Answer.Ready;

    private static List<Session> Workers(Session parent, IHostSessions sessions) =>
        parent.State.Children.Count == 0 ? [parent] : [.. parent.State.Children.Select(sessions.Find).OfType<Session>()];

    private static void OpenAll(Session parent, IHostSessions sessions, IReadOnlyList<Part> parts, UnitKind per, IReadOnlyDictionary<string, int> perPath)
    {
        // A restart in the middle of this finds those that were opened before, in the same order.
        foreach (var part in parts.Skip(parent.State.Children.Count))
        {
            var child = sessions.Open(parent, parent.Request with { Over = PartScope.Of(part, per, perPath), Reason = parts.Count > 1 ? "too_large" : "asked" });
            parent.Update(state => state.Children.Contains(child.Id) ? state : state with { Children = [.. state.Children, child.Id] });
        }
    }

    private static void HandOut(SessionRun run, HostClient client, IHostSessions sessions, CancellationToken cancellationToken)
    {
        var children = run.Session.State.Children.Select(sessions.Find).OfType<Session>().ToList();
        var free = client.Briefs - children.Count(child => child.State.Brief is not null && !IsDone(child));
        for (var at = 0; at < children.Count && free > 0; at++)
        {
            if (children[at].State.Brief is not null || IsDone(children[at])) continue;
            var brief = Brief.Of(children[at], at + 1, children.Count, run.Context.Size(children[at].Scope, cancellationToken).Tokens);
            children[at].Update(state => state with { Brief = brief });
            free--;
        }
    }

    // A sub-agent counts as a call, and reads its part at least once.
    private static IReadOnlyList<Part> Affordable(IReadOnlyList<Part> parts, Session session)
    {
        var (calls, tokens, fits) = (session.State.Limits.Calls ?? int.MaxValue, session.State.Limits.Tokens ?? long.MaxValue, 0);
        while (fits < parts.Count && fits < calls && (tokens -= parts[fits].Tokens) >= 0) fits++;
        return parts.Count == 0 || fits > 0 ? [.. parts.Take(fits)] : throw new RecursionException("budget_spent", "the limits do not hold one part", "Raise limits, or narrow over.");
    }

    private static IEnumerable<string> LeftOut(IReadOnlyList<Part> parts, int taken, int opened)
    {
        if (opened == 0 || taken == parts.Count) yield break;
        yield return string.Create(CultureInfo.InvariantCulture, $"{parts.Count - taken} of {parts.Count} parts ({parts.Skip(taken).Sum(part => part.Units.Count)} units, about {parts.Skip(taken).Sum(part => part.Tokens):N0} tokens) are beyond the limits and are not handed out");
    }

    // What sub-agents of the client will read besides is theirs to know.
    private static void Price(Session session, PartPlan plan, Coverage coverage)
    {
        var tokens = plan.Parts.Sum(part => part.Tokens);
        var cost = new CallCost(plan.Parts.Count, tokens, 0, 0);
        var words = string.Create(CultureInfo.InvariantCulture, $"{plan.Parts.Count} {(plan.Parts.Count == 1 ? "brief" : "briefs")} for your sub-agents, each part of at most {PartPlanner.StandardTokens:N0} tokens read once; {plan.Proof}");
        session.Update(state => state with
        {
            Status = SessionStatus.Complete,
            Estimate = new(words, cost, cost, cost with { InputTokens = Math.Max(tokens, state.Limits.Tokens ?? tokens) }, 0),
            Coverage = coverage,
            Notes = [.. state.Notes, "dry run: no session was opened for a sub-agent"],
        });
    }

    private static IEnumerable<string> AsWhole(SessionState state)
    {
        if (state.Mode == "map" && !HostTask.Judges(state.Request)) yield return "each brief asks about its part as a whole; with mode: \"map\" every unit gets a finding";
    }

    private static IEnumerable<string> Hint(HostClient client, string? turnOn)
    {
        if (turnOn is not null) yield return client.HasSubAgents ? $"to let the server do this by itself: {turnOn}" : $"this client runs one brief at a time; to let the server run sub-agents by itself: {turnOn}";
    }
}
