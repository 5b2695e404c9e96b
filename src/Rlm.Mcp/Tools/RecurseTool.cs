using Rlm.Context;
using Rlm.Context.Search.Ranking;
using Rlm.Mcp.Rendering;
using Rlm.Recursion;

namespace Rlm.Mcp.Tools;

/// <summary><c>recurse</c>, in its model-free form: ranked, quoted evidence for a question.</summary>
internal sealed class RecurseTool(Func<ContextStore> store, RecursionOptions options) : ITool
{
    private const int MaxRegions = 40;

    public static ToolDefinition ToolDefinition { get; } = new("recurse", "Gather evidence for a question",
        "Hands a question over the whole repository, or a part of it, to the server. Without a model back end it returns ranked, quoted evidence with handles, labelled as evidence "
        + "and not as an answer: a quick start for how, where and why questions. For exact text or names search is better.",
        [
            new("task", ParameterType.Text, "the question, in words") { Required = true, Positional = true },
            new("over", ParameterType.TextList, "scopes as for in, or targets; default everything"),
            new("mode", ParameterType.Text, "auto (default); others need a model back end") { Values = ["auto", "ask", "map", "agent"] },
            CommonParameters.Budget,
        ])
    { ReadOnly = false };

    public ToolDefinition Definition => ToolDefinition;

    public ToolAnswer Call(ToolArguments arguments, ToolContext context, CancellationToken cancellationToken)
    {
        var task = arguments.RequiredText("task");
        if (string.IsNullOrWhiteSpace(task)) throw ToolArguments.Missing("task");
        var mode = arguments.Choice("mode", "auto");
        if (mode != "auto")
            throw new ToolException(ErrorCodes.NotAvailable, $"mode {mode} needs a model back end, and this version has none yet", "Call again with mode auto for quoted evidence, or search and read.");
        var call = ToolCall.Begin(Definition, store(), arguments, context, cancellationToken);
        var scope = call.Store.Scopes.ResolveUnits(call.Arguments.TextList("over"), call.Snapshot, cancellationToken);
        EvidenceResult? evidence = null;
        var result = ExtractiveRun.Run(task, question =>
        {
            evidence = RankedSearch.Run(call.Store, call.Snapshot, question, scope, MaxRegions, context.Progress, cancellationToken);
            var judged = evidence.FilesIndexed + evidence.FilesScanned;
            return ([.. evidence.Regions.Select(EvidenceAnswer.ToFinding)], new(scope.Files.Length, judged, evidence.FilesUnread, scope.Files.Length - judged - evidence.FilesUnread));
        });
        return new EvidenceAnswer(call, task, scope.Losses, options, result, evidence!).Render();
    }
}
