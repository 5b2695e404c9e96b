using System.Globalization;
using Rlm.Context.Files;
using Rlm.Mcp.Tools;
using Rlm.Recursion;
using Rlm.Recursion.Context;
using Rlm.Recursion.Sessions;

namespace Rlm.Mcp.Rendering;

/// <summary>A session as text: how it stands and what it spent, the answer, findings with checked citations, briefs for the client's sub-agents, what was covered, how to go on.</summary>
internal sealed class SessionAnswer(ToolCall call, RecursionEngine engine, SessionState state, Caller caller)
{
    private const int QuoteWidth = 200, TrajectoryBytes = 4_096;

    /// <summary>What a submit was told.</summary>
    public string? Receipt { get; init; }

    /// <summary>Whether the trajectory is wanted in place of the answer.</summary>
    public bool ShowsTrajectory { get; init; }

    /// <summary>As the contract words a status.</summary>
    public static string Words(SessionStatus status) => status == SessionStatus.NeedsHost ? "needs_host" : status.ToString().ToLowerInvariant();

    public ToolAnswer Render()
    {
        var isPartial = state.Status is SessionStatus.Partial or SessionStatus.Failed or SessionStatus.Cancelled;
        if (call.Context.Json) return new(new SessionJson(call, engine, state, caller) { Receipt = Receipt, ShowsTrajectory = ShowsTrajectory }.Render(), isPartial);
        return new(Text(), isPartial);
    }

    private string Text()
    {
        var closing = Closing().ToArray();
        var answer = new TextAnswer(call.Size, AnswerSize.Bytes(Header()) + TextAnswer.BytesOf(closing) + 400);
        string? cursor = null;
        foreach (var (place, block) in Blocks().SkipWhile(item => call.Place is { } from && item.Place != from))
        {
            if (answer.TryAdd(block)) continue;
            if (answer.IsEmpty) answer.Force(block);
            else
            {
                cursor = SessionCursor.At(call, state.Id, place);
                break;
            }
        }
        return answer.Finish(Header(), cursor is null ? closing : [.. closing, $"cursor: {cursor}"]);
    }

    private string Header()
    {
        var status = Words(state.Status) + (state.Reason is null ? "" : ": " + state.Reason);
        var spent = state.Spent;
        var usd = state.Limits.Usd is { } limit ? string.Create(CultureInfo.InvariantCulture, $", {spent.Usd:0.00##} of {limit:0.##} USD") : spent.Usd > 0 ? string.Create(CultureInfo.InvariantCulture, $", {spent.Usd:0.00##} USD") : "";
        var session = state.Mode is "store" or "none" ? "no session" : $"session {state.Id}";
        return string.Create(CultureInfo.InvariantCulture,
            $"{session} · {status} · {spent.Calls:N0} of {state.Limits.Calls:N0} calls, {spent.Tokens:N0} of {state.Limits.Tokens:N0} tokens{usd}, {state.Seconds:0.#} s · {state.Mode}{(state.ModeReason is null ? "" : $" ({state.ModeReason})")} · {caller.BackEndLine}{(state.Clamped.Count > 0 ? $" · clamped: {string.Join(", ", state.Clamped)}" : "")}{(state.Steps.Count > 0 ? $" · step: {string.Join(", ", state.Steps)}" : "")} · {call.SnapshotWords()}");
    }

    // In the order of the answer, each with a name that a cursor can carry. Long answers come in pieces.
    private IEnumerable<(string Place, string Block)> Blocks()
    {
        if (Receipt is not null) yield return ("receipt", Receipt);
        if (ShowsTrajectory)
        {
            yield return ("trajectory", engine.TrajectoryText(state.Id, TrajectoryBytes) ?? "nothing was done yet");
            yield break;
        }
        if (state.Estimate is { } estimate) yield return ("estimate", EstimateLine(estimate));
        if (state.Mode == "none") yield return ("read", $"next: read(targets: [{string.Join(", ", state.Answer.Content.Split('\n', StringSplitOptions.RemoveEmptyEntries).Take(20).Select(TextAnswer.Quoted))}])");
        else
            foreach (var piece in Pieces(state.Answer)) yield return piece;
        for (var at = 0; at < state.Findings.Count; at++) yield return ($"finding:{at}", Finding(state.Findings[at]));
        foreach (var child in state.Children.Select(engine.Peek).OfType<SessionState>())
            yield return ($"child:{child.Id}", child.Brief is { } brief && child.Status == SessionStatus.NeedsHost && !child.Answer.Ready ? $"brief {child.Id}:\n{brief}" : $"child {child.Id} {(child.Answer.Ready ? "submitted" : Words(child.Status))}: {TextAnswer.Cut(NameEscaping.Escape(child.Request.Task), 120)}");
        if (state.Brief is { } own && state.Status == SessionStatus.NeedsHost) yield return ("brief", own);
    }

    private static IEnumerable<(string Place, string Block)> Pieces(Answer answer)
    {
        const int piece = 4_000;
        if (answer.Content.Length == 0) yield break;
        yield return ("answer", answer.Ready ? "answer:" : "draft, not an answer:");
        for (var at = 0; at < answer.Content.Length;)
        {
            var length = Math.Min(piece, answer.Content.Length - at);
            if (at + length < answer.Content.Length && char.IsHighSurrogate(answer.Content[at + length - 1])) length--;
            yield return ($"answer:{at}", answer.Content.Substring(at, length));
            at += length;
        }
    }

    private static string Finding(Finding finding)
    {
        var name = finding.Symbol ?? finding.Unit;
        var value = finding.Value.ValueKind == System.Text.Json.JsonValueKind.String ? finding.Value.GetString()! : finding.Value.GetRawText();
        var text = finding.Text.Length > 0 ? finding.Text : value;
        var quotes = finding.Citations.Select(citation => $"\n    {citation.Handle} [{citation.Checked.ToString().ToLowerInvariant()}] {TextAnswer.Cut(citation.Quote.ReplaceLineEndings(" "), QuoteWidth)}");
        return $"- {NameEscaping.Escape(name)}{(finding.IsUnsupported ? " [unsupported]" : "")}: {text}{string.Concat(quotes)}";
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
        var quotes = state.Findings.SelectMany(finding => finding.Citations).ToArray();
        if (quotes.Length > 0) yield return string.Create(CultureInfo.InvariantCulture, $"citations: {quotes.Count(quote => quote.Checked != QuoteCheck.False):N0} of {quotes.Length:N0} stand where they say");
        foreach (var note in state.Notes) yield return "note: " + note;
        if (state.Mode is not ("store" or "none")) yield return string.Create(CultureInfo.InvariantCulture, $"saved: {state.TreeTokens:N0} tokens were read and written in the tree, this answer has about {call.Size.Tokens:N0} at most");
        if (engine.NotKept is { } why && !state.IsEnded) yield return $"note: this session will not survive a restart: {why}";
        if (state.Status == SessionStatus.Running) yield return $"next: session(id: \"{state.Id}\", action: \"wait\")";
        if (state.Status == SessionStatus.NeedsHost) yield return $"next: give each brief to a sub-agent; then session(id: \"{state.Id}\", action: \"wait\")";
    }
}
