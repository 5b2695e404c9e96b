using System.Globalization;
using System.Text.Json.Nodes;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Rendering;

/// <summary>Cuts a view of history to the size of the answer, as text or JSON.</summary>
internal sealed class HistoryPage
{
    private readonly HistoryRequest _request;
    private readonly ToolCall _call;
    private readonly HistoryView _view;
    private readonly int _limit;

    public HistoryPage(HistoryRequest request, HistoryView view) => (_request, _call, _view, _limit) = (request, request.Call, view, request.Limit);

    public ToolAnswer Render() => new(_call.Context.Json ? Json() : Text(), _view.Missing is not null);

    private int Total => _view.Total ?? _view.First + _view.Items.Count(item => item.Counts);

    private string Text()
    {
        var closing = Closing().ToArray();
        var preface = string.Concat(_view.Preface.Select(line => "\n" + line));
        var cursor = LongestCursor();
        var answer = new TextAnswer(_call.Size, AnswerSize.Bytes(Header(int.MaxValue / 1000, _view.Missing + " and budget", isShortened: true)) + AnswerSize.Bytes(preface) + TextAnswer.BytesOf(closing) + cursor + 10);
        var (at, shown, heading, isShortened) = (0, 0, (string?)null, false);
        for (; at < _view.Items.Count && shown < _limit; at++)
        {
            var item = _view.Items[at];
            var above = item.Heading is not null && item.Heading != heading ? item.Heading + "\n" : "";
            if (!answer.TryAdd(above + item.Text(long.MaxValue)))
            {
                if (!answer.IsEmpty) break;
                answer.Force(above + item.Text(Math.Max(40, answer.Left - AnswerSize.Bytes(above))));
                isShortened = true;
            }
            heading = item.Heading;
            if (item.Counts) shown++;
        }
        var place = _view.PlaceAfter(at);
        return answer.Finish(Header(shown, Reason(at, shown, place), isShortened) + preface, place is null ? closing : closing.Append("cursor: " + _call.CursorAt(place)));
    }

    private string Header(int shown, string? reason, bool isShortened) => string.Create(CultureInfo.InvariantCulture,
        $"history {_request.View} {_view.What}{_request.InWords} · shown {shown:N0} of {Total:N0}{(_view.Missing is null ? "" : "+")} {_view.Unit} · {(reason is null ? "complete" : "partial: " + reason)}{(isShortened ? " · step: first item shortened" : "")} · {_call.SnapshotWords()}");

    private string? Reason(int at, int shown, string? place)
    {
        var cut = at < _view.Items.Count ? (shown >= _limit ? "limit" : "budget") : null;
        return _view.Missing is { } missing ? (cut is null ? missing : $"{missing}; {cut}") : cut ?? (place is null ? null : "budget");
    }

    private IEnumerable<string> Closing()
    {
        if (_view.Items.Count == 0 && _view.First == 0) yield return "nothing found: " + _request.Covered();
        foreach (var note in _view.Notes) yield return note;
        if (_request.Reader.CloneNote is { } clone) yield return clone;
        if (_view.Kept is { } kept) yield return kept.Line();
    }

    private int LongestCursor() => _call.CursorAt(_view.PlaceAfter(_view.Items.Count) ?? _view.PlaceAfter(Math.Max(0, _view.Items.Count - 1)) ?? "0").Length + 16;

    private string Json()
    {
        var result = new JsonObject { ["view"] = _request.View, ["target"] = _view.What, ["total"] = Total };
        _call.AddVersion(result);
        if (_view.Notes.Count > 0) result["notes"] = new JsonArray([.. _view.Notes.Select(note => (JsonNode)note)]);
        if (_request.Reader.CloneNote is { } clone) result["clone"] = clone;
        if (_view.Kept is { } kept) result["set"] = kept.Json();
        _view.Extend?.Invoke(result);
        var left = _call.Size.IsUnlimited ? long.MaxValue : _call.Size.Limit - JsonOutput.Size(result) - LongestCursor() - 160 - (_view.Lists.Count * 16);
        var lists = _view.Lists.ToDictionary(name => name, _ => new JsonArray());
        var (at, shown) = (0, 0);
        for (; at < _view.Items.Count && shown < _limit; at++)
        {
            var item = _view.Items[at].Json();
            if (left != long.MaxValue && (left -= JsonOutput.Size(item) + 1) < 0)
            {
                if (lists.Values.Any(list => list.Count > 0)) break;
                JsonParts.Shorten(item, Math.Max(100, left + JsonOutput.Size(item)));
            }
            lists[_view.Items[at].List].Add(item);
            if (_view.Items[at].Counts) shown++;
        }
        foreach (var (name, list) in lists) result[name] = list;
        var place = _view.PlaceAfter(at);
        var reason = Reason(at, shown, place);
        (result["shown"], result["complete"]) = (shown, reason is null);
        if (reason is not null) result["reason"] = reason;
        if (place is not null) result["cursor"] = _call.CursorAt(place);
        return result.ToJsonString(JsonOutput.Options);
    }
}
