using System.Globalization;
using Rlm.Context.Files;
using Rlm.Mcp.Tools;
using Rlm.Recursion.Trajectories;
using Rlm.Recursion;
using Rlm.Recursion.Context;
using Rlm.Recursion.Running.Planning;
using Rlm.Recursion.Sessions;

namespace Rlm.Mcp.Rendering;

/// <summary>A session as text: how it stands and what it spent, the answer, findings with checked citations, briefs for the client's sub-agents, what was covered, how to go on.</summary>
internal sealed class SessionAnswer(ToolCall call, RecursionEngine engine, SessionState state, Caller caller)
{
    private const int QuoteWidth = 200, TrajectoryBytes = 4_096, LeastSlice = 400, FindingWidth = 4_000, NamedMissing = 8;

    /// <summary>What a submit was told.</summary>
    public string? Receipt { get; init; }

    /// <summary>Whether the trajectory is wanted in place of the answer.</summary>
    public bool ShowsTrajectory { get; init; }

    /// <summary>As the contract words a status.</summary>
    public static string Words(SessionStatus status) => TrajectoryWords.Word(status);

    /// <summary>The same of a session; one that is there for programs is idle while none is at work, until it is cancelled.</summary>
    public static string Words(SessionState state, RecursionEngine engine) => Words(state.Id, state.Mode, state.Status, engine);

    /// <summary>The same by what a list has of it.</summary>
    public static string Words(string id, string mode, SessionStatus status, RecursionEngine engine) => status == SessionStatus.Running && engine.IsIdleProgram(id, mode) ? "running (idle)" : Words(status);

    /// <summary>Which back end and what leaves the machine with it. The session's own: a later call may come under another choice.</summary>
    public static string BackEndLine(SessionState state, Caller caller) =>
        state.BackEnd == caller.BackEnd ? caller.BackEndLine : $"model {state.BackEnd} (when it began): {BackEndChoice.Leaves(state.BackEnd)}";

    public ToolAnswer Render()
    {
        var isPartial = state.Status is SessionStatus.Partial or SessionStatus.Failed or SessionStatus.Cancelled;
        if (call.Context.Json) return new(new SessionJson(call, engine, state, caller) { Receipt = Receipt, ShowsTrajectory = ShowsTrajectory }.Render(), isPartial);
        return new(Text(), isPartial);
    }

    private string Text()
    {
        var next = Next().ToArray(); // once: a program may end meanwhile
        string[] closing = [.. Closing(), .. next];
        var answer = new TextAnswer(call.Size, AnswerSize.Bytes(Header()) + TextAnswer.BytesOf(closing) + 400);
        string? cursor = null;
        foreach (var (part, at, block) in Blocks(answer, SessionCursor.Place(call, state) ?? ("", 0)))
        {
            if (answer.TryAdd(block)) continue;
            if (answer.IsEmpty) answer.Force(block);
            else
            {
                cursor = SessionCursor.At(call, state, ShowsTrajectory, part, at);
                break;
            }
        }
        string[] lines = cursor is null ? closing : [.. closing, $"cursor: {cursor}"];
        var text = answer.Finish(Header(), lines);
        return Saved(text) is { } saved ? answer.Finish(Header(), [.. closing[..^next.Length], saved, .. lines[(closing.Length - next.Length)..]]) : text;
    }

    // What the run is, and what it cost; why it runs so is told below, as it may be long.
    private string Header()
    {
        var status = Words(state, engine) + (state.Reason is null ? "" : ": " + state.Reason);
        if (!IsRun) return $"no session · {status} · {state.ModeReason} · {call.SnapshotWords()}";
        var told = new List<string> { $"session {state.Id}", status, Spent(), state.Mode, BackEndLine(state, caller) };
        if (state.Clamped.Count > 0) told.Add($"clamped: {string.Join(", ", state.Clamped)}");
        if (state.Steps.Count > 0) told.Add($"step: {string.Join(", ", state.Steps)}");
        return string.Join(" · ", [.. told, call.SnapshotWords()]);
    }

    // Whether there is a session at all: the store, or the caller's own reading, needs none.
    private bool IsRun => state.Mode is not ("store" or "none");

    private string Spent()
    {
        var (spent, limits) = (state.Spent, state.Limits);
        var usd = state.BackEnd == "host" ? "" : limits.Usd is { } limit ? string.Create(CultureInfo.InvariantCulture, $", {spent.Usd:0.00##} of {limit:0.##} USD") : spent.Usd > 0 ? string.Create(CultureInfo.InvariantCulture, $", {spent.Usd:0.00##} USD") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{spent.Calls:N0}{Of(limits.Calls)} calls, {spent.Tokens:N0}{Of(limits.Tokens)} tokens{usd}, {state.Seconds:0.#} s");
    }

    private static string Of(long? limit) => limit is not { } most ? "" : " of " + most switch
    {
        >= 1_000_000 when most % 1_000_000 == 0 => string.Create(CultureInfo.InvariantCulture, $"{most / 1_000_000:N0}M"),
        >= 10_000 when most % 1_000 == 0 => string.Create(CultureInfo.InvariantCulture, $"{most / 1_000:N0}k"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{most:N0}"),
    };

    // In the order of the answer, each with a name that a cursor can carry. Made one by one, as what has been added says how much room is left.
    private IEnumerable<(string Part, int At, string Block)> Blocks(TextAnswer page, (string Part, int At) from)
    {
        var order = Array.IndexOf(Order, from.Part);
        if (from.Part.Length == 0)
        {
            if (Receipt is not null) yield return ("receipt", 0, Receipt);
            if (IsRun && state is { Request.Mode: "auto", ModeReason: { } why }) yield return ("why", 0, $"{state.Mode}: {why}");
            if (ShowsTrajectory) yield return ("trajectory", 0, engine.TrajectoryText(state.Id, TrajectoryBytes) ?? "nothing was done yet");
            else if (state.Estimate is { } estimate) yield return ("estimate", 0, EstimateLine(estimate));
        }
        if (ShowsTrajectory) yield break;
        int First(string part) => Array.IndexOf(Order, part) switch { var at when at == order => from.At, var at when at < order => int.MaxValue, _ => 0 };
        if (state.Mode != "none")
            foreach (var slice in Slices(page, First("answer"))) yield return slice;
        else if (from.Part.Length == 0)
            yield return ("answer", 0, $"next: read(targets: [{string.Join(", ", state.Answer.Content.Split('\n', StringSplitOptions.RemoveEmptyEntries).Take(20).Select(TextAnswer.Quoted))}])");
        for (var at = First("finding"); at < state.Findings.Count; at++) yield return ("finding", at, Finding(state.Findings[at]));
        for (var at = First("child"); at < state.Children.Count; at++)
            if (engine.Peek(state.Children[at]) is { } child) yield return ("child", at, Child(child));
        if (state.Brief is { } own && state.Status == SessionStatus.NeedsHost) yield return ("brief", 0, own);
    }

    private static readonly string[] Order = ["answer", "finding", "child", "brief"];

    private static string Child(SessionState child) => child.Brief is { } brief && child.Status == SessionStatus.NeedsHost && !child.Answer.Ready ? $"brief {child.Id}:\n{brief}"
        : $"child {child.Id} {(child.Answer.Ready ? "submitted" : Words(child.Status))}: {TextAnswer.Cut(NameEscaping.Escape(child.Request.Task), 120)}";

    // As much of the answer as fits; what comes in parts names their places, so that joined they are the answer to the character.
    private IEnumerable<(string Part, int At, string Block)> Slices(TextAnswer page, int from)
    {
        var content = state.Answer.Content;
        var title = state.Answer.Ready ? "answer" : "draft, not an answer";
        for (var at = from; at < content.Length;)
        {
            var length = Math.Max(Fitting(content, at, page.Left - 100), Math.Min(LeastSlice, content.Length - at));
            if (at + length < content.Length && char.IsHighSurrogate(content[at + length - 1])) length--;
            var places = length == content.Length ? "" : string.Create(CultureInfo.InvariantCulture, $", characters {at + 1}-{at + length} of {content.Length}");
            yield return ("answer", at, $"{title}{places}:\n{content.Substring(at, length)}");
            at += length;
        }
    }

    // UTF-16 units whose UTF-8 bytes fit.
    private static int Fitting(string text, int from, long room)
    {
        var at = from;
        for (; at < text.Length; at++)
            if ((room -= text[at] < 0x80 ? 1 : text[at] < 0x800 || char.IsSurrogate(text[at]) ? 2 : 3) < 0) break;
        return at - from;
    }

    private static string Finding(Finding finding)
    {
        var value = finding.Value.ValueKind == System.Text.Json.JsonValueKind.String ? finding.Value.GetString()! : finding.Value.GetRawText();
        var text = finding.Text.Length > 0 ? finding.Text : value;
        if (text.Length > FindingWidth) text = string.Create(CultureInfo.InvariantCulture, $"{TextAnswer.Cut(text, FindingWidth)} [{text.Length - FindingWidth:N0} more characters; the JSON form has all]");
        var quotes = finding.Citations.Select(citation => $"\n    {citation.Handle} [{citation.Checked.ToString().ToLowerInvariant()}] {TextAnswer.Cut(citation.Quote.ReplaceLineEndings(" "), QuoteWidth)}");
        return $"- {NameEscaping.Escape(finding.Name)}{(finding.IsUnsupported ? " [unsupported]" : "")}: {text}{string.Concat(quotes)}";
    }

    private static string EstimateLine(Estimate estimate) => string.Create(CultureInfo.InvariantCulture,
        $"plan: {estimate.Plan}\nprice: low {estimate.Low.Calls} calls, {estimate.Low.Tokens:N0} tokens, {estimate.Low.Usd:0.00##} USD · likely {estimate.Likely.Calls} calls, {estimate.Likely.Tokens:N0} tokens, {estimate.Likely.Usd:0.00##} USD, {estimate.LikelySeconds:0} s · worst {estimate.Worst.Calls} calls, {estimate.Worst.Tokens:N0} tokens, {estimate.Worst.Usd:0.00##} USD");

    private IEnumerable<string> Closing()
    {
        var coverage = state.Coverage;
        if (coverage.Units > 0)
        {
            var reasons = coverage.Reasons.Count == 0 ? "" : $" ({string.Join(", ", coverage.Reasons.OrderByDescending(reason => reason.Value).Take(5).Select(reason => $"{reason.Value} {reason.Key}"))})";
            yield return string.Create(CultureInfo.InvariantCulture, $"coverage: {coverage.Units:N0} units = {coverage.Judged:N0} judged + {coverage.Failed:N0} failed + {coverage.Skipped:N0} skipped{reasons}");
        }
        if (state.IsEnded && coverage.Missing.Count > 0) yield return Missing(coverage);
        var quotes = state.Findings.SelectMany(finding => finding.Citations).ToArray();
        if (quotes.Length > 0) yield return string.Create(CultureInfo.InvariantCulture, $"citations: {quotes.Count(quote => quote.Checked != QuoteCheck.False):N0} of {quotes.Length:N0} stand where they say");
        foreach (var note in state.Notes) yield return note.StartsWith("next: ", StringComparison.Ordinal) ? note : "note: " + note;
        if (engine.NotKept is { } why && !state.IsEnded) yield return $"note: this session will not survive a restart: {why}";
    }

    // The counts stand above; a name says where to look, or what to ask for again.
    private static string Missing(Coverage coverage)
    {
        var named = coverage.Missing.Take(NamedMissing).GroupBy(unit => unit.Reason).Select(group => $"{string.Join(", ", group.Select(unit => NameEscaping.Escape(unit.Unit)))} ({group.Key})");
        var left = coverage.Failed + coverage.Skipped - Math.Min(NamedMissing, coverage.Missing.Count);
        return $"not judged: {string.Join("; ", named)}{(left > 0 ? string.Create(CultureInfo.InvariantCulture, $" and {left:N0} more") : "")}";
    }

    private IEnumerable<string> Next()
    {
        if (engine.IsIdleProgram(state)) yield return $"next: program(session: \"{state.Id}\", code: \"…\")";
        else if (state.Status == SessionStatus.Running) yield return $"next: session(id: \"{state.Id}\", action: \"wait\")";
        if (state.Status == SessionStatus.NeedsHost) yield return $"next: give each brief to a sub-agent; then session(id: \"{state.Id}\", action: \"wait\")";
    }

    // What this answer costs its reader, against what was read for it; null while there is nothing to compare.
    private string? Saved(string text)
    {
        if (!IsRun || !state.IsEnded || state.Estimate is not null) return null;
        var root = AnswerSize.Bytes(text) / 4;
        return state.BackEnd == "host"
            ? string.Create(CultureInfo.InvariantCulture, $"saved: about {state.TreeTokens:N0} tokens read under the sessions, about {root:N0} in this answer; what your sub-agents read besides is not seen here")
            : string.Create(CultureInfo.InvariantCulture, $"saved: {state.TreeTokens:N0} tokens in the tree, about {root:N0} in this answer");
    }
}
