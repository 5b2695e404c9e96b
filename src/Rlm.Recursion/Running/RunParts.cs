using Rlm.Recursion.Context;
using Rlm.Recursion.Running.Agent;
using Rlm.Recursion.Running.Checking;
using Rlm.Recursion.Running.Hosting;
using Rlm.Recursion.Running.Merging;
using Rlm.Recursion.Running.Planning;
using Rlm.Recursion.Sessions;

namespace Rlm.Recursion.Running;

/// <summary>Which part of this folder runs a session.</summary>
internal static class RunParts
{
    /// <summary>How submissions are checked.</summary>
    public static RunChecks Checks { get; } = new((schema, value) => JsonShape.Of(schema).Breach(value), CitationCheck.Check);

    /// <summary>Merges of findings by code.</summary>
    public static string MergeOf(string merge, IReadOnlyList<Finding> findings) =>
        CodeMerge.Of(Merge.Of(new RecurseRequest("") { Merge = merge }), findings, new(findings.Count, findings.Count, 0, 0));

    /// <summary>Runs it to its end, or until the client's sub-agents are needed.</summary>
    public static Task RunAsync(SessionRun run, Caller caller, IChildSessions children, IHostSessions hosted, CancellationToken cancellationToken)
    {
        var state = run.Session.State;
        switch (caller.BackEnd, state.Mode)
        {
            case ("extractive", _):
                Extract(run, cancellationToken);
                return Task.CompletedTask;
            case ("host", _) or (_, "agent") when run.Session.Request.DryRun:
                DryRun.Price(run, cancellationToken);
                return Task.CompletedTask;
            case ("host", _):
                HostRun.Begin(run, HostClient.Of(caller.ClientName), hosted, caller.TurnOn, cancellationToken);
                return Task.CompletedTask;
            case (_, "ask"):
                SayWhatIsLeftOut(run, ["merge"]);
                return AskRun.RunAsync(run, cancellationToken, StrategyOf(run));
            case (_, "map"):
                return MapRun.RunAsync(run, cancellationToken, StrategyOf(run));
            default:
                SayWhatIsLeftOut(run, ["merge", "per"]);
                return AgentRun.RunAsync(run, children, Checks, cancellationToken);
        }
    }

    // Given with another mode than the one it is for, an argument would be lost in silence.
    private static void SayWhatIsLeftOut(SessionRun run, IReadOnlyList<string> ofMaps)
    {
        var request = run.Session.Request;
        var given = ofMaps.Where(name => name == "merge" ? request.Merge is not null : request.Per is not null).ToList();
        var note = $"{string.Join(" and ", given)} {(given.Count == 1 ? "is" : "are")} for mode map and had no effect here";
        if (given.Count > 0) run.Session.Update(state => state.Notes.Contains(note) ? state : state with { Notes = [.. state.Notes, note] });
    }

    private static string? StrategyOf(SessionRun run) => Strategies.ForPieces(run.Session.Request.Task, run.Options.Strategies) is { Length: > 0 } text ? text : null;

    private static void Extract(SessionRun run, CancellationToken cancellationToken)
    {
        var (findings, coverage) = run.Context.Rank(run.Session.Scope, run.Session.Request.Task, 40, cancellationToken);
        var (status, reason) = ExtractiveRun.Judge(findings, coverage);
        run.Session.Update(state => state with { Status = status, Reason = reason, Findings = findings, Coverage = coverage });
    }
}
