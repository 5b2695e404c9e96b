using System.Text.Json.Nodes;
using Rlm.Mcp.Tools;
using Rlm.Recursion;
using Rlm.Recursion.Budget;
using Rlm.Recursion.Context;
using Rlm.Recursion.Sessions;
using Rlm.Recursion.Trajectories;

namespace Rlm.Mcp.Rendering;

/// <summary>A session as JSON. Findings page by cursor where there is a budget.</summary>
internal sealed class SessionJson(ToolCall call, RecursionEngine engine, SessionState state, Caller caller)
{
    public string? Receipt { get; init; }

    public bool ShowsTrajectory { get; init; }

    public string Render()
    {
        var frame = Frame();
        var from = call.Place?.StartsWith("finding:", StringComparison.Ordinal) == true && int.TryParse(call.Place["finding:".Length..], out var at) ? Math.Clamp(at, 0, state.Findings.Count) : 0;
        var (items, end) = Fitting(frame, from);
        (frame["findings"], frame["shown"], frame["total"], frame["complete"]) = (items, items.Count, state.Findings.Count, end == state.Findings.Count && state.Status == SessionStatus.Complete);
        if (end < state.Findings.Count) frame["cursor"] = SessionCursor.At(call, state.Id, $"finding:{end}");
        return frame.ToJsonString(JsonOutput.Options);
    }

    private JsonObject Frame()
    {
        var frame = new JsonObject
        {
            ["session"] = state.Mode is "store" or "none" ? null : state.Id,
            ["parent"] = state.Parent,
            ["depth"] = state.Depth,
            ["mode"] = state.Mode,
            ["backend"] = state.BackEnd,
            ["status"] = SessionAnswer.Words(state.Status),
        };
        if (state.Reason is not null) frame["reason"] = state.Reason;
        if (state.ModeReason is not null) frame["why"] = state.ModeReason;
        frame["model"] = caller.BackEndLine;
        (frame["answer"], frame["ready"]) = (state.Answer.Content, state.Answer.Ready);
        var coverage = state.Coverage;
        frame["coverage"] = new JsonObject { ["units"] = coverage.Units, ["judged"] = coverage.Judged, ["failed"] = coverage.Failed, ["skipped"] = coverage.Skipped };
        if (coverage.Reasons.Count > 0) frame["reasons"] = new JsonObject(coverage.Reasons.Select(reason => KeyValuePair.Create<string, JsonNode?>(reason.Key, reason.Value)));
        frame["children"] = new JsonArray([.. state.Children.Select(engine.Peek).OfType<SessionState>().Select(Child)]);
        if (state.Brief is not null) frame["brief"] = state.Brief;
        frame["spent"] = Spent();
        frame["budget"] = Budget(state.Limits);
        if (state.Clamped.Count > 0) frame["clamped"] = Texts(state.Clamped);
        if (state.Steps.Count > 0) frame["steps"] = Texts(state.Steps);
        if (state.Notes.Count > 0) frame["notes"] = Texts(state.Notes);
        if (state.Estimate is { } estimate) frame["estimate"] = new JsonObject { ["plan"] = estimate.Plan, ["low"] = Cost(estimate.Low), ["likely"] = Cost(estimate.Likely), ["worst"] = Cost(estimate.Worst), ["seconds"] = estimate.LikelySeconds };
        if (Receipt is not null) frame["receipt"] = Receipt;
        if (caller.TurnOn is not null) frame["turnOn"] = caller.TurnOn;
        if (ShowsTrajectory) frame["trajectory"] = new JsonArray([.. engine.Trajectory(state.Id).Entries.Select(Entry)]);
        call.AddVersion(frame);
        return frame;
    }

    private (JsonArray Items, int End) Fitting(JsonObject frame, int from)
    {
        var left = JsonParts.Room(call.Size, frame, "") - 200;
        var items = new JsonArray();
        var at = from;
        for (; at < state.Findings.Count; at++)
        {
            var item = Item(state.Findings[at]);
            left -= JsonOutput.Size(item) + 1;
            if (left < 0 && items.Count > 0) break;
            items.Add(item);
        }
        return (items, at);
    }

    private static JsonObject Item(Finding finding)
    {
        var item = new JsonObject
        {
            ["unit"] = finding.Unit,
            ["symbol"] = finding.Symbol,
            ["value"] = JsonNode.Parse(finding.Value.GetRawText()),
            ["text"] = finding.Text,
            ["citations"] = new JsonArray([.. finding.Citations.Select(citation => (JsonNode)new JsonObject { ["handle"] = citation.Handle, ["quote"] = citation.Quote, ["checked"] = citation.Checked.ToString().ToLowerInvariant() })]),
        };
        if (finding.IsUnsupported) item["unsupported"] = true;
        return item;
    }

    private static JsonNode Child(SessionState child)
    {
        var item = new JsonObject { ["session"] = child.Id, ["task"] = child.Request.Task, ["status"] = child.Answer.Ready && child.Status == SessionStatus.NeedsHost ? "submitted" : SessionAnswer.Words(child.Status) };
        if (child.Brief is not null) item["brief"] = child.Brief;
        return item;
    }

    private JsonObject Spent()
    {
        var spent = Cost(state.Spent);
        (spent["seconds"], spent["root_tokens"], spent["tree_tokens"]) = (Math.Round(state.Seconds, 2), (state.Answer.Content.Length + state.Findings.Sum(finding => (long)finding.Text.Length)) / 4, state.TreeTokens);
        return spent;
    }

    private static JsonObject Cost(CallCost cost) => new() { ["calls"] = cost.Calls, ["input_tokens"] = cost.InputTokens, ["output_tokens"] = cost.OutputTokens, ["usd"] = cost.Usd };

    private static JsonObject Budget(Limits limits) => new()
    {
        ["calls"] = limits.Calls, ["tokens"] = limits.Tokens, ["usd"] = limits.Usd, ["seconds"] = limits.Seconds, ["depth"] = limits.Depth, ["parallel"] = limits.Parallel,
    };

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

    private static JsonNode Entry(TrajectoryEntry entry) => new JsonObject
    {
        ["session"] = entry.Session, ["seq"] = entry.Seq, ["kind"] = entry.Kind, ["tool"] = entry.Tool, ["arguments"] = entry.Arguments is { } arguments ? JsonNode.Parse(arguments.GetRawText()) : null,
        ["handles"] = Texts(entry.Handles), ["input_tokens"] = entry.InputTokens, ["output_tokens"] = entry.OutputTokens, ["seconds"] = Math.Round(entry.Seconds, 3), ["note"] = entry.Note,
    };
}
