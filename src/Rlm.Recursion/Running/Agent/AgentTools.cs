using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Rlm.Recursion.Budget;
using Rlm.Recursion.Context;
using Rlm.Recursion.Trajectories;

namespace Rlm.Recursion.Running.Agent;

/// <summary>
/// The tools of one agent: the context's, narrowed to the session's scope, and <c>recurse</c> where it may go deeper. Every call comes back as a result, whatever was asked; every call
/// stands in the trajectory, refused ones too. Submits are not handled here.
/// </summary>
internal sealed class AgentTools(SessionRun run, Children children, RunChecks checks, AgentProgram? program = null)
{
    /// <summary>The name of the submit tool.</summary>
    public const string Answer = "answer";

    private const string Recurse = "recurse";
    private const int MaxResult = 45_000;

    private readonly IReadOnlyList<SessionTool> _tools =
        run.Options.LeanRoot && run.Session.State.Depth == 0 && children.IsAllowed ? [.. run.Context.Tools.Where(tool => tool.Name == "map")] : run.Context.Tools;

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>Handles that results have shown so far.</summary>
    public IReadOnlyCollection<string> Seen
    {
        get
        {
            lock (_gate) return [.. _seen];
        }
    }

    /// <summary>Names as the model may call them.</summary>
    public IReadOnlyList<string> Names => [.. _tools.Select(tool => tool.Name), .. Programs is null ? Array.Empty<string>() : [AgentProgram.Name], .. children.IsAllowed ? [Recurse] : Array.Empty<string>(), Answer];

    /// <summary>What the model is told of them.</summary>
    public IReadOnlyList<AIFunctionDeclaration> Declarations() =>
    [
        .. _tools.Select(tool => AIFunctionFactory.CreateDeclaration(tool.Name, tool.Description, JsonSerializer.SerializeToElement(tool.Schema))),
        .. Programs is null ? Array.Empty<AIFunctionDeclaration>() : [Programs.Declaration],
        .. children.IsAllowed ? [AIFunctionFactory.CreateDeclaration(Recurse, "Hands a sub-question over a part of your scope to a sub-agent and returns its checked answer. Costs budget: give the reason.", ChildCall.Schema)] : Array.Empty<AIFunctionDeclaration>(),
        Submit,
    ];

    /// <summary>The submit tool.</summary>
    public AIFunctionDeclaration Submit { get; } = AIFunctionFactory.CreateDeclaration(Answer,
        "Keeps your answer. ready false: a draft, kept if a limit ends the session. ready true: you are done, and the session ends.", SubmitSchema(run.Session.Request.Schema is not null));

    /// <summary>Runs a call.</summary>
    /// <exception cref="OperationCanceledException">The session was cancelled.</exception>
    public async Task<ToolReply> RunAsync(ToolRequest request, CancellationToken cancellationToken)
    {
        using var span = Spans.OfTool(Names.Contains(request.Name) ? request.Name : "unknown");
        var started = run.Options.Time.GetTimestamp();
        var (outcome, kind) = await OutcomeAsync(request, cancellationToken).ConfigureAwait(false);
        var text = outcome.Text.Length <= MaxResult ? outcome.Text : $"{outcome.Text[..MaxResult]}\n[cut: {outcome.Text.Length - MaxResult:N0} more characters]";
        if (kind != "tool") span?.SetStatus(ActivityStatusCode.Error);
        lock (_gate) _seen.UnionWith(outcome.Handles);
        run.Session.Trajectory.Append(new(run.Session.Id, 0, kind)
        {
            At = run.Options.Time.GetUtcNow(), Tool = request.Name, Arguments = JsonSerializer.SerializeToElement(request.Arguments), Result = text, Handles = outcome.Handles,
            Seconds = run.Options.Time.GetElapsedTime(started).TotalSeconds,
        });
        return new(request, text, outcome.IsError);
    }

    private async Task<(ToolOutcome, string Kind)> OutcomeAsync(ToolRequest request, CancellationToken cancellationToken)
    {
        try
        {
            if (request.Problem is { } problem) return (Error("bad_argument", $"{request.Name}: {problem}", "Call again with a JSON object."), "error");
            if (request.Name == AgentProgram.Name && Programs is { } programs)
            {
                var ran = programs.Run(request, cancellationToken);
                return (ran, ran.IsError ? "error" : "tool");
            }
            if (request.Name == Recurse) return (new(await children.RunAsync(request, cancellationToken).ConfigureAwait(false), false, []), "tool");
            var outcome = Call(request, cancellationToken);
            return (outcome, outcome.IsError ? "error" : "tool");
        }
        catch (RecursionException refused)
        {
            return (Error(refused.Code, refused.Message, refused.Next), refused.Code is "depth_limit" or "budget_spent" ? "limit" : "error");
        }
        catch (BudgetSpentException spent)
        {
            return (Error("budget_spent", spent.Message, "Submit what you have by answer."), "limit");
        }
        // Whatever else a tool throws is its own fault: its message may hold anything, so only the type is told.
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            return (Error("internal", $"{request.Name} failed ({fault.GetType().Name})", "Try another call."), "error");
        }
    }

    private ToolOutcome Call(ToolRequest request, CancellationToken cancellationToken)
    {
        if (_tools.FirstOrDefault(tool => tool.Name == request.Name) is not { } tool)
            return Error("bad_argument", $"there is no tool {request.Name}", $"Tools: {string.Join(", ", Names)}.");
        if (checks.Schema(JsonSerializer.SerializeToElement(tool.Schema), JsonSerializer.SerializeToElement(request.Arguments)) is { } breach)
            return Error("bad_argument", $"arguments of {request.Name}: {breach}", "Call again as its schema says.");
        return tool.Call(run.Session.Scope, request.Arguments.DeepClone().AsObject(), cancellationToken);
    }

    // An agent that reads nothing itself computes nothing either.
    private AgentProgram? Programs => run.Options.LeanRoot && run.Session.State.Depth == 0 && children.IsAllowed ? null : program;

    private static ToolOutcome Error(string code, string what, string next) => new($"{code}: {what}. {next}", true, []);

    private static JsonElement SubmitSchema(bool isShaped) => JsonSerializer.SerializeToElement(new JsonObject
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["content"] = isShaped ? new JsonObject { ["description"] = "the answer as JSON of the schema in the task" } : new JsonObject { ["type"] = "string", ["description"] = "the answer, complete in itself" },
            ["ready"] = new JsonObject { ["type"] = "boolean", ["description"] = "true only when nothing is left to do" },
            ["findings"] = JsonNode.Parse("""
                {"type":"array","description":"what the answer rests on","items":{"type":"object","properties":{"unit":{"type":"string","description":"handle"},"value":{},"text":{"type":"string"},
                "citations":{"type":"array","items":{"type":"object","properties":{"handle":{"type":"string","description":"as a tool showed it"},"quote":{"type":"string","description":"copied from there"}},"required":["handle","quote"]}}},"required":["citations"]}}
                """),
        },
        ["required"] = new JsonArray("content", "ready"),
    });
}
