using System.Text.Json;
using System.Text.Json.Nodes;
using Rlm.Recursion.Running;
using Rlm.Recursion.Running.Agent;
using Rlm.Recursion.Sessions;
using Rlm.Recursion.Trajectories;

namespace Rlm.Recursion.Programs.HostCalls;

/// <summary><c>recurse</c> of programs: a session below this one, on its budget and within its scope.</summary>
internal sealed class ChildFunction(SessionRun run, IChildSessions children)
{
    public ProgramFunction Function => new("recurse(task, over=None, mode='auto', per=None, merge=None, reason='asked')",
        "hands a question to a sub-agent; returns {'session','status','reason','answer','ready','findings','coverage'}", (_, arguments, token) => ProgramValue.Of(Run(arguments, token)));

    private JsonObject Run(JsonObject arguments, CancellationToken cancellationToken)
    {
        if (run.Session.State.BackEnd == "host") throw new RecursionException("not_available", "recurse in a program needs a back end that the server runs, and this session's is host", "The operator sets one by --model; or call the tool recurse.");
        if (!Depths.MayDescend(run)) throw new RecursionException("depth_limit", $"this session has depth {run.Session.State.Depth}, and {Depths.Deepest(run)} is the deepest allowed", "Answer with search, read and llm.");
        var asked = arguments.DeepClone().AsObject();
        if (arguments["over"] is { } over) asked["over"] = new JsonArray([.. ModelFunctions.Over(over).Select(target => (JsonNode)target)]);
        asked["reason"] ??= "asked";
        return Told(children.RunAsync(run.Session, ChildCall.Read(asked), cancellationToken).GetAwaiter().GetResult());
    }

    private static JsonObject Told(SessionState state) => new()
    {
        ["session"] = state.Id,
        ["status"] = TrajectoryWords.Word(state.Status),
        ["reason"] = state.Reason,
        ["answer"] = state.Request.Merge is "count" || state.Request.Merge?.StartsWith("group:", StringComparison.Ordinal) == true ? Parsed(state.Answer.Content) : state.Answer.Content,
        ["ready"] = state.Answer.Ready,
        ["findings"] = new JsonArray([.. state.Findings.Select(finding => (JsonNode)new JsonObject
        {
            ["unit"] = finding.Unit,
            ["value"] = Parsed(finding.Value),
            ["text"] = finding.Text,
            ["supported"] = !finding.IsUnsupported,
            ["citations"] = new JsonArray([.. finding.Citations.Select(citation => (JsonNode)new JsonObject { ["handle"] = citation.Handle, ["quote"] = citation.Quote, ["checked"] = citation.Checked.ToString().ToLowerInvariant() })]),
        })]),
        ["coverage"] = new JsonObject { ["units"] = state.Coverage.Units, ["judged"] = state.Coverage.Judged, ["failed"] = state.Coverage.Failed, ["skipped"] = state.Coverage.Skipped },
    };

    private static JsonNode? Parsed(object? value)
    {
        try
        {
            return value switch { null => null, JsonElement { ValueKind: JsonValueKind.Undefined } => null, JsonElement element => JsonNode.Parse(element.GetRawText()), string text => JsonNode.Parse(text), _ => null };
        }
        catch (JsonException)
        {
            return value as string;
        }
    }
}
