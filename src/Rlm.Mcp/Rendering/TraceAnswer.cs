using System.Globalization;
using System.Text.Json.Nodes;
using Rlm.Context.Files;
using Rlm.Context.Scopes;
using Rlm.Context.Search;
using Rlm.Context.Slices;
using Rlm.Context.Traces;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Rendering;

/// <summary>The answer of a search whose pattern is a pasted trace or message: the places that its frames name, in their order.</summary>
internal sealed class TraceAnswer
{
    private readonly ToolCall _call;
    private readonly TraceResult _trace;
    private readonly Scope _scope;
    private readonly IReadOnlyList<FramePlace> _places;
    private readonly KeptSet? _kept;

    private TraceAnswer(ToolCall call, TraceResult trace, Scope scope)
    {
        (_call, _trace, _scope) = (call, TraceFrames.Seen(call, trace), scope);
        _places = [.. _trace.Found.Where(place => scope.Holds(place.Text!.Path, new(place.Line, place.Line)))];
        if (CommonParameters.SetName(call.Arguments) is { } name && call.Place is null) _kept = KeptSet.Save(call, name, [.. _places.Select(place => new SetItem(place.Text!.Path, new(place.Line, place.Line), place.Symbol?.Path, HandleOf(place).ToString()) { Stamp = place.Text!.Stamp })], _places.Count);
    }

    /// <summary>The answer, when the pattern names places and stands nowhere as it is; null for any other search.</summary>
    public static TraceAnswer? For(ToolCall call)
    {
        var pattern = call.Arguments.RequiredText("pattern");
        var isOneLine = !pattern.Contains('\n');
        if (isOneLine && !TraceParser.IsFrameShaped(pattern)) return null;
        var scope = call.Scope();
        if (isOneLine && LineSearch.Run(call.Store, new(pattern, PatternKind.Literal, PatternCase.Smart), scope, null, call.Cancellation).Total > 0) return null;
        return call.Store.Traces.Resolve(pattern, call.Snapshot, call.Cancellation) is { } trace && (trace.Found.Count > 0 || !isOneLine) ? new(call, trace, scope) : null;
    }

    public ToolAnswer Render() => _call.Context.Json ? Json() : Text();

    private static Handle HandleOf(FramePlace place) => Handle.Of(place.Text!.Path, new(place.Line, place.Line), place.Text.Lines(new(place.Line, place.Line)));

    private static string LineOf(FramePlace place) => place.Text!.Lines(new(place.Line, place.Line)).TrimEnd('\n').TrimEnd('\r');

    private ToolAnswer Text()
    {
        var from = Math.Min(_call.PlaceNumber(), _places.Count);
        var closing = Closing().ToArray();
        var answer = new TextAnswer(_call.Size, AnswerSize.Bytes(Header(_places.Count, "budget")) + TextAnswer.BytesOf(closing) + LongestCursor().Length + 10);
        var at = from;
        for (; at < _places.Count; at++)
        {
            if (answer.TryAdd(Block(_places[at], LongLine.TextWidth))) continue;
            if (!answer.IsEmpty) break;
            answer.Force(Block(_places[at], 40));
        }
        var isDone = at == _places.Count;
        return new(answer.Finish(Header(at - from, isDone ? null : "budget"), isDone ? closing : closing.Append("cursor: " + CursorAt(at))));
    }

    private string Header(int shown, string? reason) => string.Create(CultureInfo.InvariantCulture,
        $"search trace · shown {shown:N0} of {_places.Count:N0} place{(_places.Count == 1 ? "" : "s")} of {_trace.Frames:N0} frame{(_trace.Frames == 1 ? "" : "s")} · {(reason is null ? "complete" : "partial: " + reason)} · {_call.SnapshotWords()}");

    private static string Block(FramePlace place, int width)
    {
        var symbol = place.Symbol is { } around ? $" in {NameEscaping.Escape(around.Path)} [{around.Kind} {around.Range}]" : " in no symbol";
        return string.Create(CultureInfo.InvariantCulture, $"{NameEscaping.Escape(place.Text!.Path.Value)}\n{symbol} · by {NameEscaping.Escape(place.Why)}\n{place.Line}\t{LongLine.Around(LineOf(place), 1, 0, width)}");
    }

    private IEnumerable<string> Closing()
    {
        yield return "note: the pattern as it is stands nowhere; these are the places that its frames name";
        if (TraceFrames.Line(_trace) is { } missing) yield return TextAnswer.Cut(missing, (int)Math.Min(4_000, _call.Size.Limit / 3));
        if (_places.Count < _trace.Found.Count) yield return string.Create(CultureInfo.InvariantCulture, $"outside of the scope: {_trace.Found.Count - _places.Count:N0} places");
        if (_kept is not null) yield return _kept.Line();
        if (TextAnswer.Skipped(_call.Snapshot) is { } skipped) yield return skipped;
    }

    private string CursorAt(int at) => _call.CursorAt(at.ToString(CultureInfo.InvariantCulture));

    private string LongestCursor() => CursorAt(9_999_999) + "12345678";

    private ToolAnswer Json()
    {
        var from = Math.Min(_call.PlaceNumber(), _places.Count);
        var frame = new JsonObject { ["mode"] = "trace", ["total"] = _places.Count, ["files"] = _places.Select(place => place.Text!.Path).Distinct().Count(), ["frames"] = _trace.Frames };
        frame["covered"] = new JsonObject { ["files"] = _scope.Files.Length, ["bytes"] = _scope.Bytes };
        frame["skipped"] = JsonParts.Skipped(_call.Snapshot);
        _call.AddVersion(frame);
        if (TraceFrames.NotShown(_trace) > 0) frame["notHere"] = TraceFrames.Json(_trace, _call.Size.IsUnlimited ? int.MaxValue : 5);
        if (_trace.FramesLeft > 0) frame["framesLeft"] = _trace.FramesLeft;
        if (_trace.LinesLeft > 0) frame["linesLeft"] = _trace.LinesLeft;
        if (_kept is not null) frame["set"] = _kept.Json();
        var left = JsonParts.Room(_call.Size, frame, LongestCursor());
        var matches = new JsonArray();
        var at = from;
        for (; at < _places.Count; at++)
        {
            var item = Match(_places[at]);
            if (!_call.Size.IsUnlimited && JsonOutput.Size(item) + 1 > left)
            {
                if (matches.Count > 0) break;
                JsonParts.Shorten(item, left);
            }
            if (!_call.Size.IsUnlimited) left -= JsonOutput.Size(item) + 1;
            matches.Add(item);
        }
        (frame["shown"], frame["complete"], frame["matches"]) = (matches.Count, at == _places.Count, matches);
        if (at < _places.Count) (frame["reason"], frame["cursor"]) = ("budget", CursorAt(at));
        return new(frame.ToJsonString(JsonOutput.Options));
    }

    private static JsonObject Match(FramePlace place)
    {
        var (text, cut) = LongLine.Json(LineOf(place));
        var item = new JsonObject
        {
            ["path"] = place.Text!.Path.Value, ["line"] = place.Line, ["column"] = 1, ["text"] = text, ["symbol"] = place.Symbol is { } symbol ? $"{place.Text.Path.Value}#{symbol.Path}" : null,
            ["kind"] = place.Symbol?.Kind, ["handle"] = HandleOf(place).ToString(), ["frame"] = TextAnswer.Cut(place.Frame.Text, 300), ["why"] = place.Why,
        };
        if (cut) item["cut"] = true;
        return item;
    }
}
