using System.Globalization;
using System.Text.Json.Nodes;
using Rlm.Context.Files;
using Rlm.Context.Scopes;
using Rlm.Context.Search.Ranking;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Rendering;

/// <summary>The answer of a ranked search: structural units with their best lines, best first.</summary>
internal sealed class RankedAnswer
{
    /// <summary>Regions that are ranked at most; there are no more to be listed.</summary>
    public const int MaxRegions = 50;

    private readonly ToolCall _call;
    private readonly string _question;
    private readonly Scope _scope;
    private readonly EvidenceResult _found;
    private readonly int _limit;
    private readonly KeptSet? _kept;

    /// <exception cref="ToolException">An argument does not go with this mode.</exception>
    public RankedAnswer(ToolCall call)
    {
        (_call, _question) = (call, call.Arguments.RequiredText("pattern"));
        if (string.IsNullOrWhiteSpace(_question)) throw new ToolException(ErrorCodes.BadPattern, "the question is empty", "Ask in words, or give the names that come to mind.");
        _limit = call.Arguments.Integer("limit", 1, SetStore.MaxItems) ?? int.MaxValue;
        if (call.Arguments.Integer("context", 0, 20) is > 0) throw new ToolException(ErrorCodes.BadArgument, "mode ranked has no context lines", "read(targets) shows a region's source.");
        if (call.Arguments.Has("case")) throw new ToolException(ErrorCodes.BadArgument, "mode ranked has no case", "Leave case out.");
        var setName = CommonParameters.SetName(call.Arguments);
        _scope = call.Scope();
        _found = RankedSearch.Run(call.Store, call.Snapshot, _question, _scope, MaxRegions, call.Context.Progress, call.Cancellation);
        if (setName is not null && call.Place is null) _kept = KeptSet.Save(call, setName, [.. _found.Regions.Select(Item)], Total);
        call.Store.Journal.Remember(_found.Regions.Where(region => region.Symbol is not null).Select(region => (region.Handle, region.Symbol!.Path)));
    }

    private int Total => _found.Regions.Count;

    private int Files => _found.Regions.Select(region => region.Path).Distinct().Count();

    private int NotRanked => _found.FilesLarge + _found.FilesUnread;

    public ToolAnswer Render() => _call.Context.Json ? Json() : Text();

    private static SetItem Item(Evidence region) => new(region.Path, region.Handle.Range, region.Symbol?.Path, region.Handle.ToString());

    private string? Reason(bool done, int shown)
    {
        var reasons = new List<string>();
        if (NotRanked > 0) reasons.Add(string.Create(CultureInfo.InvariantCulture, $"{_found.FilesLarge:N0} large and {_found.FilesUnread:N0} unreadable file{(NotRanked == 1 ? "" : "s")} not ranked"));
        if (RegionText.PassedOver(_found) is { } passedOver) reasons.Add(passedOver);
        if (!done) reasons.Add(shown >= _limit ? "limit" : "budget");
        return reasons.Count == 0 ? null : string.Join("; ", reasons);
    }

    private ToolAnswer Text()
    {
        var from = Math.Min(_call.PlaceNumber(), Total);
        var closing = Closing().ToArray();
        var answer = new TextAnswer(_call.Size, AnswerSize.Bytes(Header(Total, Reason(false, 0), isShortened: true)) + TextAnswer.BytesOf(closing) + LongestCursor().Length + 10);
        var at = from;
        var isShortened = false;
        for (; at < Total && at - from < _limit; at++)
        {
            var region = _found.Regions[at];
            if (answer.TryAdd(RegionText.Block(region, region.Lines.Count, LongLine.TextWidth))) continue;
            if (!answer.IsEmpty) break;
            // Without the first region the list would stand still.
            isShortened = true;
            if (!answer.TryAdd(RegionText.Block(region, 1, 120))) answer.Force(RegionText.Block(region, 0, 0));
        }
        var done = at == Total;
        var text = answer.Finish(Header(at - from, Reason(done, at - from), isShortened), done ? closing : closing.Append("cursor: " + CursorAt(at)));
        // What to read next gives way when there is no room for it.
        var next = at > from ? Next(from, Math.Min(3, at - from)) : "next: use words that occur in the code, or map() to see what is there";
        return new(AnswerSize.Bytes(text) + AnswerSize.Bytes(next) < _call.Size.Limit ? text + "\n" + next : text, NotRanked > 0);
    }

    private string Header(int shown, string? reason, bool isShortened)
    {
        var within = _call.Arguments.Text("in") is { } scope ? " in " + TextAnswer.Cut(NameEscaping.Escape(scope), 80) : "";
        var status = (_found.IsProvisional ? "provisional" : "complete", reason) switch { (var word, null) => word, ("complete", _) => "partial: " + reason, (var word, _) => $"{word}, partial: {reason}" };
        return string.Create(CultureInfo.InvariantCulture,
            $"search ranked \"{TextAnswer.Cut(NameEscaping.Escape(_question), 120)}\"{within} · shown {shown:N0} of the best {Total:N0} regions in {Files:N0} files · {status}{(isShortened ? " · step: best lines" : "")} · {_call.SnapshotWords()}");
    }

    private string Next(int from, int count) => $"next: read(targets: [{string.Join(", ", _found.Regions.Skip(from).Take(count).Select(region => TextAnswer.Quoted(region.Handle.ToString())))}])";

    private string CursorAt(int at) => _call.CursorAt(at.ToString(CultureInfo.InvariantCulture));

    private string LongestCursor() => CursorAt(9_999_999) + "12345678";

    private IEnumerable<string> Closing()
    {
        yield return RegionText.Words(_found);
        if (RegionText.Provisional(_found) is { } provisional) yield return provisional;
        if (Total == 0) yield return string.Create(CultureInfo.InvariantCulture, $"covered: {_scope.Files.Length:N0} files, {_scope.Bytes:N0} bytes");
        if (TextAnswer.Losses(_scope.Losses) is { } losses) yield return losses;
        if (_kept is not null) yield return _kept.Line();
        if (TextAnswer.Skipped(_call.Snapshot) is { } skipped) yield return skipped;
    }

    private ToolAnswer Json()
    {
        var from = Math.Min(_call.PlaceNumber(), Total);
        var result = new JsonObject
        {
            ["mode"] = "ranked",
            ["pattern"] = _question,
            ["total"] = Total,
            ["files"] = Files,
            ["covered"] = new JsonObject { ["files"] = _scope.Files.Length, ["bytes"] = _scope.Bytes },
            ["skipped"] = JsonParts.Skipped(_call.Snapshot),
        };
        RegionText.AddTo(result, _found);
        _call.AddVersion(result);
        if (_kept is not null) result["set"] = _kept.Json();
        if (!_scope.Losses.None) result["losses"] = JsonParts.Losses(_scope.Losses);
        var left = JsonParts.Room(_call.Size, result, LongestCursor() + Reason(false, 0));
        var hits = new JsonArray();
        var at = from;
        for (; at < Total && at - from < _limit; at++)
        {
            var item = Hit(_found.Regions[at]);
            if (JsonOutput.Size(item) + 1 > left)
            {
                if (hits.Count > 0) break;
                (item["cut"], item["snippet"]) = (true, "");
            }
            left -= JsonOutput.Size(item) + 1;
            hits.Add(item);
        }
        var done = at == Total;
        var reason = Reason(done, at - from);
        (result["shown"], result["complete"]) = (hits.Count, reason is null && !_found.IsProvisional);
        if (reason is not null || _found.IsProvisional) result["reason"] = reason ?? "provisional";
        result["hits"] = hits;
        if (!done) result["cursor"] = CursorAt(at);
        return new(result.ToJsonString(JsonOutput.Options), NotRanked > 0);
    }

    private static JsonObject Hit(Evidence region)
    {
        var item = new JsonObject
        {
            ["handle"] = region.Handle.ToString(),
            ["path"] = region.Path.Value,
            ["start"] = region.Handle.Range.Start,
            ["end"] = region.Handle.Range.End,
            ["symbol"] = region.Symbol is null ? null : $"{region.Path.Value}#{region.Symbol.Path}",
            ["kind"] = region.Symbol?.Kind,
            ["score"] = Math.Round(region.Score, 3),
            ["snippet"] = string.Join('\n', region.Lines.Select(line => LongLine.Json(line.Text).Text)),
        };
        if (region.AlsoIn > 0) item["alsoIn"] = region.AlsoIn;
        return item;
    }
}
