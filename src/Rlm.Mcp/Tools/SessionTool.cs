using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rlm.Context;
using Rlm.Mcp.Rendering;
using Rlm.Mcp.Sessions;
using Rlm.Recursion;

namespace Rlm.Mcp.Tools;

/// <summary><c>session</c>: looks after runs of <c>recurse</c>.</summary>
internal sealed class SessionTool(Func<ContextStore> store, Func<RecursionEngine> engine, BackEnds backEnds) : ITool
{
    public static ToolDefinition ToolDefinition { get; } = new("session", "Runs",
        "Status, wait, cancel, trajectory (what was read, asked and spent) or list of recurse runs; submit hands in a sub-agent's answer to a brief.",
        [
            new("id", ParameterType.Text, "from recurse") { Positional = true },
            new("action", ParameterType.Text, "default status") { Values = ["status", "wait", "cancel", "trajectory", "submit", "list"] },
            new("wait", ParameterType.Integer, "seconds; default 45"),
            new("answer", ParameterType.Json, "submit: the answer"),
            new("findings", ParameterType.ObjectList, "submit: [{unit,value,citations:[{handle,quote}]}]"),
            CommonParameters.Budget,
            CommonParameters.Cursor,
        ])
    { ReadOnly = false, AlwaysLoad = false, CursorsOutliveFiles = true };

    public ToolDefinition Definition => ToolDefinition;

    public ToolAnswer Call(ToolArguments arguments, ToolContext context, CancellationToken cancellationToken)
    {
        var call = ToolCall.Begin(Definition, store(), arguments, context, cancellationToken);
        var (caller, action) = (backEnds.CallerOf(context), call.Arguments.Choice("action", "status"));
        if (action == "list") return List(call);
        var id = call.Arguments.RequiredText("id");
        var state = action switch
        {
            "wait" => SessionWaiting.Wait(engine(), id, TimeSpan.FromSeconds(call.Arguments.Integer("wait", 0, 3_600) ?? 45), caller, context, cancellationToken),
            "cancel" => engine().Cancel(id),
            _ => engine().Find(id),
        };
        // What a program gave after its call had stopped waiting.
        if (action is "wait" or "status" && engine().LastProgram(id) is { IsEnded: true } ended && !(ended.IsTaken && state.IsEnded) && ended.Take() is var (session, report)) return new ProgramAnswer(session, report, call.Size).Render(context.Json);
        var receipt = action == "submit" ? engine().Submit(id, Json(call.Arguments, "answer"), Json(call.Arguments, "findings"), caller, cancellationToken) : null;
        if (receipt is not null) state = engine().Find(id);
        return new SessionAnswer(call, engine(), state, caller) { Receipt = receipt, ShowsTrajectory = action == "trajectory" }.Render();
    }

    private static JsonNode? Json(ToolArguments arguments, string name) => arguments.Given.TryGetValue(name, out var value) ? JsonNode.Parse(value.GetRawText()) : null;

    private ToolAnswer List(ToolCall call)
    {
        var (sessions, broken) = engine().List();
        if (call.Context.Json)
        {
            var items = new JsonArray([.. sessions.Take(200).Select(session => (JsonNode)new JsonObject
            {
                ["session"] = session.Id, ["parent"] = session.Parent, ["depth"] = session.Depth, ["mode"] = session.Mode, ["backend"] = session.BackEnd,
                ["status"] = SessionAnswer.Words(session.Status), ["task"] = session.Task, ["started"] = session.Started.ToString("O", CultureInfo.InvariantCulture),
            })]);
            return new(new JsonObject { ["sessions"] = items, ["shown"] = items.Count, ["total"] = sessions.Count, ["complete"] = broken == 0 && items.Count == sessions.Count, ["broken"] = broken }.ToJsonString(JsonOutput.Options));
        }
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"sessions · shown {Math.Min(50, sessions.Count)} of {sessions.Count} · {(broken == 0 ? sessions.Count <= 50 ? "complete" : "partial: the newest" : $"partial: {broken} files cannot be read")}"));
        foreach (var session in sessions.Take(50))
            text.Append(CultureInfo.InvariantCulture, $"\n{session.Id} {SessionAnswer.Words(session.Id, session.Mode, session.Status, engine())} {session.Mode} {session.BackEnd} {session.Started:yyyy-MM-dd HH:mm} {session.Spent.Calls} calls: {TextAnswer.Cut(Rlm.Context.Files.NameEscaping.Escape(session.Task), 120)}");
        return new(text.ToString());
    }
}
