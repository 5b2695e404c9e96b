using System.Text.Json;
using Rlm.Context;
using Rlm.Context.Search.Ranking;
using Rlm.Mcp.Rendering;
using Rlm.Mcp.Sessions;
using Rlm.Recursion;
using Rlm.Recursion.Budget;
using Rlm.Recursion.Context;

namespace Rlm.Mcp.Tools;

/// <summary><c>recurse</c>: a question for sub-agents; without any back end, ranked and quoted evidence for it.</summary>
internal sealed class RecurseTool(Func<ContextStore> store, Func<RecursionEngine> engine, BackEnds backEnds) : ITool
{
    private const int MaxRegions = 40;
    private static readonly string[] NeedsModel = ["per", "schema", "merge", "verify", "dry_run"];

    public static ToolDefinition ToolDefinition { get; } = new("recurse", "Ask sub-agents",
        "Hands a question over all or part of the repository to sub-agents: map judges every unit, agent explores, ask asks once; one budget, checked citations, stated coverage. Without a model: "
        + "briefs for your own sub-agents, or ranked quoted evidence. For exact text or names search is better.",
        [
            new("task", ParameterType.Text, "the question") { Required = true, Positional = true },
            new("over", ParameterType.TextList, "scopes or targets; default all"),
            new("mode", ParameterType.Text, "default auto") { Values = ["auto", "ask", "map", "agent"] },
            new("per", ParameterType.Text, "unit of a map") { Values = ["file", "symbol", "match", "chunk", "pair", "pair:signature", "pair:caller"] },
            new("schema", ParameterType.Object, "JSON schema of each value"),
            new("merge", ParameterType.Text, "none, count, group:FIELD, concat, or a prompt"),
            new("verify", ParameterType.Flag, "check each claim once more"),
            new("limits", ParameterType.Object, "{calls,tokens,usd,depth,seconds,parallel}; only lower"),
            new("wait", ParameterType.Integer, "seconds; default 45"),
            new("dry_run", ParameterType.Flag, "plan and price only"),
            CommonParameters.Budget,
        ])
    { ReadOnly = false };

    public ToolDefinition Definition => ToolDefinition;

    public ToolAnswer Call(ToolArguments arguments, ToolContext context, CancellationToken cancellationToken)
    {
        var task = arguments.RequiredText("task");
        if (string.IsNullOrWhiteSpace(task)) throw ToolArguments.Missing("task");
        var caller = backEnds.CallerOf(context);
        if (backEnds.HasBoundaries) caller = engine().CallerOf(Request(task, arguments), caller, cancellationToken);
        if (caller.BackEnd == "extractive") return Evidence(task, caller, arguments, context, cancellationToken);
        var wait = TimeSpan.FromSeconds(arguments.Integer("wait", 0, 3_600) ?? (context.IsCommandLine ? 3_600 : 45));
        // A budget that is wrong is told before anything is spent.
        _ = AnswerSize.Of(arguments, context);
        var state = engine().Start(Request(task, arguments), caller, cancellationToken);
        state = SessionWaiting.WaitOrCancel(engine(), state.Id, wait, caller, context, cancellationToken);
        context.Answered?.Invoke(state.Answer);
        return new SessionAnswer(ToolCall.Begin(Definition, store(), arguments, context, cancellationToken), engine(), state, caller).Render();
    }

    private ToolAnswer Evidence(string task, Caller caller, ToolArguments arguments, ToolContext context, CancellationToken cancellationToken)
    {
        if (arguments.Choice("mode", "auto") is var mode && mode != "auto")
            throw new ToolException(ErrorCodes.NotAvailable, $"mode {mode} needs a model back end, and none was chosen", caller.TurnOn is null ? "Call again with mode auto for quoted evidence, or search and read." : $"To turn one on: {caller.TurnOn}. Or call again with mode auto for quoted evidence.");
        if (NeedsModel.FirstOrDefault(arguments.Has) is { } name)
            throw new ToolException(ErrorCodes.NotAvailable, $"{name} needs a model back end, and none was chosen", caller.TurnOn is null ? "Call again with task and over for quoted evidence." : $"To turn one on: {caller.TurnOn}. Or call again with task and over for quoted evidence.");
        var call = ToolCall.Begin(Definition, store(), arguments, context, cancellationToken);
        var scope = call.Narrowed(call.Store.Scopes.ResolveUnits(call.Arguments.TextList("over"), call.Snapshot, cancellationToken));
        var evidence = RankedSearch.Run(call.Store, call.Snapshot, task, scope, MaxRegions, context.Progress, cancellationToken);
        var judged = evidence.FilesIndexed + evidence.FilesScanned;
        var coverage = new Coverage(scope.Files.Length, judged, evidence.FilesUnread, scope.Files.Length - judged - evidence.FilesUnread);
        return new EvidenceAnswer(call, task, scope.Losses, caller, [.. evidence.Regions.Select(EvidenceAnswer.ToFinding)], coverage, evidence, backEnds.Limits.Lowered(Request(task, arguments).Limits, out _)).Render();
    }

    private static RecurseRequest Request(string task, ToolArguments arguments) => new(task)
    {
        Over = arguments.TextList("over"),
        Mode = arguments.Choice("mode", "auto"),
        Per = arguments.Text("per") is { } per ? Enum.Parse<UnitKind>(per.Split(':')[0], ignoreCase: true) : null,
        PairBy = arguments.Text("per")?.Split(':') is [_, var key] ? Enum.Parse<PairKey>(key, ignoreCase: true) : PairKey.Name,
        Schema = arguments.Given.TryGetValue("schema", out var schema) ? schema.Clone() : null,
        Merge = arguments.Text("merge"),
        Verify = arguments.Flag("verify"),
        Limits = arguments.Given.TryGetValue("limits", out var limits) ? LimitsReader.Read(limits) : new(),
        DryRun = arguments.Flag("dry_run"),
    };
}
