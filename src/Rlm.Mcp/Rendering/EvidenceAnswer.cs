using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rlm.Context.Files;
using Rlm.Context.Scopes;
using Rlm.Context.Search.Ranking;
using Rlm.Mcp.Tools;
using Rlm.Recursion.Trajectories;
using Rlm.Recursion;
using Rlm.Recursion.Budget;
using Rlm.Recursion.Context;
using Rlm.Recursion.Running;
using Rlm.Recursion.Sessions;

namespace Rlm.Mcp.Rendering;

/// <summary>The answer of a run without a model: regions with their best lines, labelled as evidence.</summary>
internal sealed class EvidenceAnswer(ToolCall call, string task, ScopeLosses losses, Caller caller, IReadOnlyList<Finding> findings, Coverage coverage, EvidenceResult evidence, Limits limits)
{
    private readonly (SessionStatus Status, string? Reason) _end = ExtractiveRun.Judge(findings, coverage);

    private const string Label = "evidence, not an answer (no model)";

    public static Finding ToFinding(Evidence region)
    {
        var quoted = string.Join('\n', region.Lines.Select(line => line.Text));
        var symbol = region.Symbol is null ? null : $"{region.Path.Value}#{region.Symbol.Path}";
        return new(region.Handle.ToString(), symbol, JsonSerializer.SerializeToElement(Math.Round(region.Score, 2)), quoted, [new(region.Handle.ToString(), quoted, QuoteCheck.Exact)]);
    }

    public ToolAnswer Render()
    {
        call.Store.Journal.Remember(evidence.Regions.Where(region => region.Symbol is not null).Select(region => (region.Handle, region.Symbol!.Path)));
        return call.Context.Json ? Json() : Text();
    }

    private ToolAnswer Text()
    {
        var total = evidence.Regions.Count;
        var closing = Closing().ToArray();
        var answer = new TextAnswer(call.Size, AnswerSize.Bytes(Header(total, isShortened: true)) + TextAnswer.BytesOf(closing) + 2);
        var (shown, isShortened) = (0, false);
        foreach (var region in evidence.Regions)
        {
            if (!answer.TryAdd(RegionText.Block(region, region.Lines.Count, LongLine.TextWidth)))
            {
                isShortened = true;
                if (!answer.TryAdd(RegionText.Block(region, 1, 120)) && !answer.TryAdd(RegionText.Block(region, 0, 0))) break;
            }
            shown++;
        }
        var text = answer.Finish(Header(shown, isShortened), closing);
        if ($"\nsaved: 0 tokens in the tree, about {AnswerSize.Bytes(text) / 4:N0} in this answer" is var saved && AnswerSize.Bytes(text) + AnswerSize.Bytes(saved) < call.Size.Limit) text += saved;
        // What to read next gives way when there is no room for it.
        return new(shown > 0 && Next(Math.Min(3, shown)) is var next && AnswerSize.Bytes(text) + AnswerSize.Bytes(next) < call.Size.Limit ? text + "\n" + next : text, total == 0);
    }

    private string Header(int shown, bool isShortened)
    {
        var status = TrajectoryWords.Word(_end.Status) + (_end.Reason is null ? "" : ": " + _end.Reason);
        return string.Create(CultureInfo.InvariantCulture,
            $"no session · {status} · 0 of {limits.Calls:N0} calls, 0 of {limits.Tokens:N0} tokens, 0 USD · {Label} · shown {shown} of {evidence.Regions.Count} regions{(isShortened ? " · step: best lines" : "")} · {call.SnapshotWords()}");
    }

    private string Next(int count) => $"next: read(targets: [{string.Join(", ", evidence.Regions.Take(count).Select(region => TextAnswer.Quoted(region.Handle.ToString())))}])";

    private IEnumerable<string> Closing()
    {
        yield return string.Create(CultureInfo.InvariantCulture,
            $"coverage: {coverage.Units:N0} files in scope = {coverage.Judged:N0} ranked + {coverage.Failed:N0} failed + {coverage.Skipped:N0} skipped; {RegionText.Words(evidence)}");
        if (RegionText.Provisional(evidence) is { } provisional) yield return "note: " + provisional;
        if (RegionText.PassedOver(evidence) is { } passedOver) yield return "note: " + passedOver;
        if (TextAnswer.Losses(losses) is { } lost) yield return lost;
        if (TextAnswer.Skipped(call.Snapshot) is { } skipped) yield return skipped;
        yield return "note: no model was asked, nothing left this machine";
        if (caller.TurnOn is { } command) yield return $"to let sub-agents answer: {command}";
        if (evidence.Regions.Count == 0) yield return "next: use words that occur in the code, or map() to see what is there";
    }

    private ToolAnswer Json()
    {
        var frame = new JsonObject
        {
            ["session"] = null,
            ["parent"] = null,
            ["depth"] = 0,
            ["mode"] = "auto",
            ["backend"] = "extractive",
            ["status"] = TrajectoryWords.Word(_end.Status),
        };
        if (_end.Reason is not null) frame["reason"] = _end.Reason;
        (frame["task"], frame["note"], frame["answer"], frame["ready"]) = (TextAnswer.Cut(task, 200), Label, "", false);
        frame["coverage"] = new JsonObject { ["units"] = coverage.Units, ["judged"] = coverage.Judged, ["failed"] = coverage.Failed, ["skipped"] = coverage.Skipped };
        if (!losses.None) frame["losses"] = JsonParts.Losses(losses);
        RegionText.AddTo(frame, evidence);
        frame["children"] = new JsonArray();
        frame["spent"] = new JsonObject { ["calls"] = 0, ["input_tokens"] = 0, ["output_tokens"] = 0, ["usd"] = 0, ["seconds"] = 0, ["root_tokens"] = 0, ["tree_tokens"] = 0 };
        frame["budget"] = new JsonObject { ["calls"] = limits.Calls, ["tokens"] = limits.Tokens };
        frame["total"] = findings.Count;
        call.AddVersion(frame);
        var left = JsonParts.Room(call.Size, frame, "");
        var items = new JsonArray();
        foreach (var finding in findings)
        {
            var item = Json(finding);
            if (items.Count == 0 && JsonOutput.Size(item) + 1 > left) Shorten(item, left);
            left -= JsonOutput.Size(item) + 1;
            if (left < 0) break;
            items.Add(item);
        }
        (frame["shown"], frame["complete"], frame["findings"]) = (items.Count, items.Count == findings.Count && _end.Status == SessionStatus.Complete, items);
        frame["spent"]!["root_tokens"] = JsonOutput.Size(frame) / 4;
        return new(frame.ToJsonString(JsonOutput.Options), findings.Count == 0);
    }

    // A finding that alone is larger than the answer keeps its place and loses its quotes.
    private static void Shorten(JsonObject item, long room)
    {
        item["cut"] = true;
        item["citations"] = new JsonArray();
        if (JsonOutput.Size(item) + 1 > room) item["text"] = "";
    }

    private static JsonObject Json(Finding finding) => new()
    {
        ["unit"] = finding.Unit,
        ["symbol"] = finding.Symbol,
        ["value"] = JsonNode.Parse(finding.Value.GetRawText()),
        ["text"] = finding.Text,
        ["citations"] = new JsonArray([.. finding.Citations.Select(citation => (JsonNode)new JsonObject { ["handle"] = citation.Handle, ["quote"] = citation.Quote, ["checked"] = citation.Checked.ToString().ToLowerInvariant() })]),
    };
}
