using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Rlm.Context.Files;
using Rlm.Context.Outlines;
using Rlm.Context.Scopes;
using Rlm.Context.Search;
using Rlm.Context.Slices;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Rendering;

/// <summary>The answer of a search for text: totals over the whole scope first, then the lines that fit, grouped by file and enclosing symbol.</summary>
internal sealed class LineSearchAnswer
{
    private readonly ToolCall _call;
    private readonly TextQuery _query;
    private readonly Scope _scope;
    private readonly LineSearch _search;
    private readonly int _limit;
    private readonly int _context;

    public LineSearchAnswer(ToolCall call, TextQuery query)
    {
        (_call, _query) = (call, query);
        _limit = call.Arguments.Integer("limit", 1, SetStore.MaxItems) ?? int.MaxValue;
        _context = call.Arguments.Integer("context", 0, 20) ?? 0;
        var setName = CommonParameters.SetName(call.Arguments);
        _scope = call.Scope();
        _search = LineSearch.Run(call.Store, query, _scope, call.Context.Progress, call.Cancellation);
        if (setName is not null && call.Place is null) Kept = KeptSet.Save(call.Store, setName, _search.Items(SetStore.MaxItems, call.Cancellation), _search.Total);
    }

    private KeptSet? Kept { get; }

    public ToolAnswer Render()
    {
        var hits = _search.From(Resume(_call.Place), _call.Size.IsUnlimited ? 64 : 16, _call.Cancellation);
        return _call.Context.Json ? Json(hits) : Text(hits);
    }

    private static (RepoPath Path, int Line)? Resume(string? place)
    {
        if (place is null) return null;
        var cut = place.LastIndexOf(':');
        if (cut < 0 || !int.TryParse(place.AsSpan(cut + 1), CultureInfo.InvariantCulture, out var line)) throw ToolCall.BadPlace();
        return (new(place[..cut]), line);
    }

    private ToolAnswer Text(IEnumerable<FileHits> files)
    {
        var answer = new TextAnswer(_call.Size, Reserve());
        var shown = 0;
        string? place = null;
        var handles = new List<(Handle, string)>();
        foreach (var file in files)
        {
            if (shown >= _limit || !AddFile(answer, file, ref shown, ref place, handles)) break;
        }
        _call.Store.Journal.Remember(handles);
        var done = _search.IsEnd(place, _call.Place is not null ? Resume(_call.Place) : null);
        var reason = Reason(done, shown);
        return new(answer.Finish(Header(shown, reason), Closing(done, place, shown)), IsPartialBeyondSize(reason));
    }

    // Adds a file's lines one by one while they fit; false when the answer is full.
    private bool AddFile(TextAnswer answer, FileHits file, ref int shown, ref string? place, List<(Handle, string)> handles)
    {
        var heading = $"{NameEscaping.Escape(file.File.Path.Value)}{(file.Text.EncodingNote is { } note ? $" ({note})" : "")}";
        Symbol? inside = null;
        int lastShown = 0, first = 1;
        for (var index = 0; index < file.Hits.Count; index++)
        {
            if (shown >= _limit) return false;
            var hit = file.Hits[index];
            var symbol = file.Outline.Enclosing(hit.Line);
            var block = new StringBuilder();
            if (first == 1) block.Append(heading).Append('\n');
            if (first == 1 || symbol != inside) block.Append(SymbolLine(symbol)).Append('\n');
            var next = index + 1 < file.Hits.Count ? file.Hits[index + 1].Line : int.MaxValue;
            lastShown = AppendLines(block, file, hit, lastShown, next);
            block.Length--;
            if (!answer.TryAdd(block.ToString())) return false;
            (first, inside) = (0, symbol);
            shown++;
            place = $"{file.File.Path.Value}:{hit.Line}";
            if (symbol is not null) handles.Add((Handle.Of(file.File.Path, new(hit.Line, hit.Line), file.Text.Lines(new(hit.Line, hit.Line))), symbol.Path));
        }
        return true;
    }

    private int AppendLines(StringBuilder block, FileHits file, LineHit hit, int lastShown, int nextHit)
    {
        var from = Math.Max(lastShown + 1, hit.Line - _context);
        var to = Math.Min(file.Text.LineCount, Math.Min(hit.Line + _context, nextHit - 1));
        if (_context > 0 && lastShown > 0 && from > lastShown + 1) block.Append("--\n");
        for (var line = Math.Min(from, hit.Line); line <= to; line++)
        {
            var text = TrimBreak(file.Text.Lines(new(line, line)));
            block.Append(CultureInfo.InvariantCulture, $"{line}\t{(line == hit.Line ? LongLine.Around(text, hit.Column, hit.Length) : LongLine.Around(text, 1, 0))}\n");
        }
        return to;
    }

    private static string SymbolLine(Symbol? symbol) =>
        symbol is null ? " in no symbol" : $" in {NameEscaping.Escape(symbol.Path)} [{symbol.Kind} {symbol.Range}]";

    private string Header(int shown, string? reason)
    {
        var asked = _query.Pattern.Length > 80 ? _query.Pattern[..80] + "…" : _query.Pattern;
        var mode = $"{_query.Kind.ToString().ToLowerInvariant()}{(_query.IgnoresCase ? ", any case" : "")}";
        return string.Create(CultureInfo.InvariantCulture,
            $"search {mode} \"{NameEscaping.Escape(asked)}\"{InWords()} · shown {shown:N0} of {_search.Total:N0} lines in {_search.FileCount:N0} files · {(reason is null ? "complete" : "partial: " + reason)} · {_call.SnapshotWords()}");
    }

    private string InWords() => _call.Arguments.Text("in") is { } scope ? $" in {NameEscaping.Escape(scope.Length > 80 ? scope[..80] + "…" : scope)}" : "";

    private string? Reason(bool done, int shown)
    {
        if (_search.Faults.Count > 0) return $"{_search.Faults.Count:N0} files not searched to the end";
        if (!_scope.Losses.None && _scope.Losses.Gone + _scope.Losses.NotCovered > 0) return "set items lost";
        if (done) return null;
        return shown >= _limit ? "limit" : "budget";
    }

    private static bool IsPartialBeyondSize(string? reason) => reason is not (null or "limit" or "budget");

    private IEnumerable<string> Closing(bool done, string? place, int shown)
    {
        if (_search.Total == 0)
            foreach (var line in new ZeroHits(_call, _query, _scope).Lines()) yield return line;
        foreach (var fault in _search.Faults.Take(5)) yield return $"not searched: {NameEscaping.Escape(fault.Path.Value)} ({fault.Reason})";
        if (_search.Faults.Any(fault => fault.Reason == "timeout")) yield return "note: this pattern needs backtracking, which is limited to 1 s a file and 5 s in all; one without look-arounds and back-references has no limit";
        if (TextAnswer.Losses(_scope.Losses) is { } losses) yield return losses;
        if (Kept is not null) yield return Kept.Line();
        if (_search.Total > 0 && TextAnswer.Skipped(_call.Snapshot) is { } skipped) yield return skipped;
        if (done) yield break;
        if (shown == 0) yield return "next: the first hit does not fit; raise budget or lower context";
        yield return "cursor: " + _call.CursorAt(place ?? _call.Place ?? ":0");
    }

    private int Reserve() => 420 + (Kept is null ? 0 : 120) + AnswerSize.Bytes(_call.CursorAt(new string('x', 120))) + (_search.Total == 0 ? 600 : 0);

    private ToolAnswer Json(IEnumerable<FileHits> files)
    {
        var matches = new JsonArray();
        var frame = Frame();
        long left = _call.Size.IsUnlimited ? long.MaxValue : _call.Size.Limit - JsonOutput.Size(frame) - Reserve();
        string? place = null;
        var handles = new List<(Handle, string)>();
        foreach (var (file, hit) in files.SelectMany(file => file.Hits.Select(hit => (file, hit))))
        {
            if (matches.Count >= _limit) break;
            var item = Match(file, hit, handles);
            var cost = _call.Size.IsUnlimited ? 0 : JsonOutput.Size(item) + 1;
            if (cost > left) break;
            left -= cost;
            matches.Add(item);
            place = $"{file.File.Path.Value}:{hit.Line}";
        }
        _call.Store.Journal.Remember(handles);
        var done = _search.IsEnd(place, _call.Place is not null ? Resume(_call.Place) : null);
        var reason = Reason(done, matches.Count);
        frame["shown"] = matches.Count;
        frame["complete"] = reason is null;
        if (reason is not null) frame["reason"] = reason;
        frame["matches"] = matches;
        if (!done) frame["cursor"] = _call.CursorAt(place ?? _call.Place ?? ":0");
        return new(frame.ToJsonString(JsonOutput.Options), IsPartialBeyondSize(reason));
    }

    private JsonObject Frame()
    {
        var frame = new JsonObject
        {
            ["mode"] = _query.Kind.ToString().ToLowerInvariant(),
            ["pattern"] = _query.Pattern,
            ["total"] = _search.Total,
            ["files"] = _search.FileCount,
            ["covered"] = new JsonObject { ["files"] = _scope.Files.Length, ["bytes"] = _scope.Bytes },
            ["skipped"] = JsonParts.Skipped(_call.Snapshot),
            ["version"] = _call.Snapshot.Version,
        };
        if (Kept is not null) frame["set"] = Kept.Json();
        if (!_scope.Losses.None) frame["losses"] = JsonParts.Losses(_scope.Losses);
        if (_search.Faults.Count > 0) frame["notSearched"] = new JsonArray([.. _search.Faults.Take(50).Select(fault => (JsonNode)new JsonObject { ["path"] = fault.Path.Value, ["reason"] = fault.Reason })]);
        if (_search.Total == 0) frame["near"] = new JsonArray([.. new ZeroHits(_call, _query, _scope).Near().Select(name => (JsonNode)name)]);
        return frame;
    }

    private static JsonObject Match(FileHits file, LineHit hit, List<(Handle, string)> handles)
    {
        var symbol = file.Outline.Enclosing(hit.Line);
        var line = file.Text.Lines(new(hit.Line, hit.Line));
        var handle = Handle.Of(file.File.Path, new(hit.Line, hit.Line), line);
        if (symbol is not null) handles.Add((handle, symbol.Path));
        var (text, cut) = LongLine.Json(TrimBreak(line));
        var item = new JsonObject
        {
            ["path"] = file.File.Path.Value,
            ["line"] = hit.Line,
            ["column"] = hit.Column,
            ["text"] = text,
            ["symbol"] = symbol is null ? null : $"{file.File.Path.Value}#{symbol.Path}",
            ["kind"] = symbol?.Kind,
            ["handle"] = handle.ToString(),
        };
        if (symbol is not null) (item["symbolStart"], item["symbolEnd"]) = (symbol.Range.Start, symbol.Range.End);
        if (cut) item["cut"] = true;
        return item;
    }

    private static string TrimBreak(string line) => line.EndsWith("\r\n", StringComparison.Ordinal) ? line[..^2] : line.EndsWith('\n') ? line[..^1] : line;
}
