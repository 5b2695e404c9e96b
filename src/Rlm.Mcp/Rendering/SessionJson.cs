using System.Text.Json.Nodes;
using Rlm.Mcp.Tools;
using Rlm.Recursion;
using Rlm.Recursion.Budget;
using Rlm.Recursion.Context;
using Rlm.Recursion.Sessions;
using Rlm.Recursion.Trajectories;

namespace Rlm.Mcp.Rendering;

/// <summary>A session as JSON. Where there is a budget answer, findings, children and trajectory come page by page, in this order: each page goes on where the last one ended.</summary>
internal sealed class SessionJson(ToolCall call, RecursionEngine engine, SessionState state, Caller caller)
{
    private const int Rest = 420, LeastSlice = 100, NamedMissing = 20;

    private readonly IReadOnlyList<TrajectoryEntry> _trajectory = [];
    private long _left;
    private bool _isEmpty = true;

    public string? Receipt { get; init; }

    public bool ShowsTrajectory
    {
        get;
        init
        {
            field = value;
            if (value) _trajectory = engine.Trajectory(state.Id).Entries;
        }
    }

    public string Render()
    {
        var frame = Frame();
        _left = JsonParts.Room(call.Size, frame, "") - Rest;
        string[] order = ShowsTrajectory ? ["trajectory", "answer", "finding", "child"] : ["answer", "finding", "child"];
        var from = SessionCursor.Place(call, state) ?? (order[0], 0);
        var first = Math.Max(0, Array.IndexOf(order, from.Part));
        string? cursor = null;
        for (var stage = 0; stage < order.Length; stage++)
        {
            var start = cursor is not null || stage < first ? int.MaxValue : stage == first ? from.At : 0;
            var end = Add(frame, order[stage], start, cursor is null);
            if (end is { } place) cursor = SessionCursor.At(call, state, ShowsTrajectory, order[stage], place);
        }
        var listed = ShowsTrajectory ? "trajectory" : "findings";
        (frame["shown"], frame["total"]) = (frame[listed]!.AsArray().Count, ShowsTrajectory ? _trajectory.Count : state.Findings.Count);
        frame["complete"] = cursor is null && state.Status == SessionStatus.Complete;
        if (cursor is not null) frame["cursor"] = cursor;
        frame["spent"]!["root_tokens"] = JsonOutput.Size(frame) / 4;
        return frame.ToJsonString(JsonOutput.Options);
    }

    // Where the part goes on in the next page; null when it does not.
    private int? Add(JsonObject frame, string part, int start, bool isOpen) => part switch
    {
        "answer" => AddAnswer(frame, start, isOpen),
        "finding" => AddItems(frame, "findings", start, state.Findings.Count, at => Item(state.Findings[at])),
        "child" => AddItems(frame, "children", start, state.Children.Count, at => engine.Peek(state.Children[at]) is { } child ? Child(child) : null),
        _ => AddItems(frame, "trajectory", start, _trajectory.Count, at => Entry(_trajectory[at])),
    };

    private int? AddItems(JsonObject frame, string name, int start, int count, Func<int, JsonNode?> make)
    {
        var items = new JsonArray();
        frame[name] = items;
        for (var at = start; at < count; at++)
        {
            if (make(at) is not { } item) continue;
            if (!call.Size.IsUnlimited && (_left -= JsonOutput.Size(item) + 1) < 0 && !_isEmpty) return at;
            _isEmpty = false;
            items.Add(item);
        }
        return null;
    }

    // What is not there in full says which characters there are.
    private int? AddAnswer(JsonObject frame, int start, bool isOpen)
    {
        var content = state.Answer.Content;
        start = isOpen ? Math.Min(start, content.Length) : 0;
        var end = isOpen ? Fitting(content, start) : 0;
        frame["answer"] = content[start..end];
        if (end - start < content.Length) frame["answer_part"] = new JsonObject { ["start"] = start, ["end"] = end, ["total"] = content.Length };
        return isOpen && end < content.Length ? end : null;
    }

    // As escaped: at most six bytes for a UTF-16 unit that is not plain.
    private int Fitting(string text, int from)
    {
        if (call.Size.IsUnlimited) return text.Length;
        var at = from;
        for (; at < text.Length; at++)
        {
            var cost = text[at] is '\n' or '\r' or '\t' or '"' or '\\' ? 2 : text[at] is >= ' ' and < (char)0x7F ? 1 : 6;
            if (_left < cost && (!_isEmpty || at - from >= LeastSlice)) break;
            _left -= cost;
        }
        if (at > from && at < text.Length && char.IsHighSurrogate(text[at - 1])) at--;
        _isEmpty &= at == from;
        return at;
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
        if (state.Status == SessionStatus.Running && engine.IsIdleProgram(state)) frame["idle"] = true;
        if (state.Reason is not null) frame["reason"] = state.Reason;
        if (state.ModeReason is not null) frame["why"] = state.ModeReason;
        frame["model"] = SessionAnswer.BackEndLine(state, caller);
        (frame["answer"], frame["ready"]) = ("", state.Answer.Ready);
        var coverage = state.Coverage;
        frame["coverage"] = new JsonObject { ["units"] = coverage.Units, ["judged"] = coverage.Judged, ["failed"] = coverage.Failed, ["skipped"] = coverage.Skipped };
        if (coverage.Reasons.Count > 0) frame["reasons"] = new JsonObject(coverage.Reasons.Select(reason => KeyValuePair.Create<string, JsonNode?>(reason.Key, reason.Value)));
        if (state.IsEnded && coverage.Missing.Count > 0)
            frame["missing"] = new JsonArray([.. coverage.Missing.Take(call.Size.IsUnlimited ? Coverage.MostMissing : NamedMissing).Select(unit => (JsonNode)new JsonObject { ["unit"] = unit.Unit, ["reason"] = unit.Reason })]);
        if (state.Brief is not null) frame["brief"] = state.Brief;
        frame["spent"] = Spent();
        frame["budget"] = Budget(state.Limits);
        if (state.Clamped.Count > 0) frame["clamped"] = Texts(state.Clamped);
        if (state.Steps.Count > 0) frame["steps"] = Texts(state.Steps);
        if (state.Notes.Count > 0) frame["notes"] = Texts(state.Notes);
        if (state.Estimate is { } estimate) frame["estimate"] = new JsonObject { ["plan"] = estimate.Plan, ["low"] = Cost(estimate.Low), ["likely"] = Cost(estimate.Likely), ["worst"] = Cost(estimate.Worst), ["seconds"] = estimate.LikelySeconds };
        if (Receipt is not null) frame["receipt"] = Receipt;
        if (caller.TurnOn is not null) frame["turnOn"] = caller.TurnOn;
        call.AddVersion(frame);
        return frame;
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
        if (finding.With is { } with) (item["with"], item["with_symbol"]) = (with, finding.WithSymbol);
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
        (spent["seconds"], spent["root_tokens"], spent["tree_tokens"]) = (Math.Round(state.Seconds, 2), 0, state.TreeTokens); // the root's are known when all else is
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
