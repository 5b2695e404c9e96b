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
    private const int LeastWidth = 24;

    private readonly ToolCall _call;
    private readonly TextQuery _query;
    private readonly Scope _scope;
    private readonly LineSearch _search;
    private readonly int _limit;
    private readonly int _context;
    private readonly KeptSet? _kept;
    private readonly (RepoPath Path, int Line)? _after;
    private readonly List<(Handle, string)> _handles = [];
    private (RepoPath Path, int Line)? _last;
    private int _shown;
    private bool _shortened;

    public LineSearchAnswer(ToolCall call, TextQuery query)
    {
        (_call, _query) = (call, query);
        _limit = call.Arguments.Integer("limit", 1, SetStore.MaxItems) ?? int.MaxValue;
        _context = call.Arguments.Integer("context", 0, 20) ?? 0;
        var setName = CommonParameters.SetName(call.Arguments);
        _scope = call.Scope();
        _after = Resume(call);
        _search = LineSearch.Run(call.Store, query, _scope, call.Context.Progress, call.Cancellation);
        if (setName is not null && call.Place is null) _kept = KeptSet.Save(call, setName, _search.Items(SetStore.MaxItems, call.Cancellation), _search.Total);
    }

    public ToolAnswer Render()
    {
        var hits = _search.From(_after, _call.Size.IsUnlimited ? 64 : 16, _call.Cancellation);
        return _call.Context.Json ? Json(hits) : Text(hits);
    }

    // A place is the number of the file in the snapshot and the line last shown: short, and as good as its path while the snapshot stands.
    private static (RepoPath Path, int Line)? Resume(ToolCall call)
    {
        if (call.Place is not { } place) return null;
        var cut = place.IndexOf(':');
        if (cut < 0 || !int.TryParse(place.AsSpan(0, cut), CultureInfo.InvariantCulture, out var file) || !int.TryParse(place.AsSpan(cut + 1), CultureInfo.InvariantCulture, out var line)
            || file < 0 || file >= call.Snapshot.Files.Length) throw ToolCall.BadPlace();
        return (call.Snapshot.Files[file].Path, line);
    }

    private string CursorAt((RepoPath Path, int Line) place) =>
        _call.CursorAt(string.Create(CultureInfo.InvariantCulture, $"{_call.Snapshot.Files.AsSpan().BinarySearch(_call.Snapshot.Find(place.Path)!, ByPath)}:{place.Line}"));

    private static readonly Comparer<FileEntry> ByPath = Comparer<FileEntry>.Create((left, right) => left.Path.CompareTo(right.Path));

    private string LongestCursor() => _call.CursorAt("99999:9999999") + "12345678";

    private ToolAnswer Text(IEnumerable<FileHits> files)
    {
        var closing = Closing().ToArray();
        _shortened = true; // the longest header there can be
        var faults = _search.Faults.Count;
        var reserve = AnswerSize.Bytes(Header((int)Math.Min(int.MaxValue, _search.Total), LongestReason())) + TextAnswer.BytesOf(closing) + LongestCursor().Length + 10;
        _shortened = false;
        var answer = new TextAnswer(_call.Size, reserve);
        foreach (var file in files)
        {
            if (_shown >= _limit || !AddFile(answer, file)) break;
        }
        _call.Store.Journal.Remember(_handles);
        var done = _search.IsEnd(_last ?? _after);
        var reason = Reason(done);
        // A file that was given up only now is always counted in the header, and named where there is room.
        if (_search.Faults.Count > faults && Closing().ToArray() is var named && TextAnswer.BytesOf(named) <= TextAnswer.BytesOf(closing) + answer.Left) closing = named;
        return new(answer.Finish(Header(_shown, reason), done || _last is not { } place ? closing : closing.Append("cursor: " + CursorAt(place))), IsPartialBeyondSize(reason));
    }

    // Adds a file's lines one by one while they fit; false when the answer is full.
    private bool AddFile(TextAnswer answer, FileHits file)
    {
        var heading = $"{NameEscaping.Escape(file.File.Path.Value)}{(file.Text.EncodingNote is { } note ? $" ({note})" : "")}";
        Symbol? inside = null;
        var lastShown = 0;
        for (var index = 0; index < file.Hits.Count; index++)
        {
            if (_shown >= _limit) return false;
            var hit = file.Hits[index];
            var symbol = file.Symbols.Enclosing(hit.Line);
            var next = index + 1 < file.Hits.Count ? file.Hits[index + 1].Line : int.MaxValue;
            var head = (index == 0 ? heading + "\n" : "") + (index == 0 || symbol != inside ? SymbolLine(symbol) + "\n" : "");
            if (answer.TryAdd(head + Lines(file, hit, lastShown, next, out var end))) lastShown = end;
            else if (!answer.IsEmpty) return false;
            else
            {
                answer.Force(Shortened(answer, file, hit, heading + "\n", SymbolLine(symbol) + "\n"));
                lastShown = hit.Line;
            }
            inside = symbol;
            Count(file, hit, symbol);
        }
        return true;
    }

    private void Count(FileHits file, LineHit hit, Symbol? symbol)
    {
        _shown++;
        _last = (file.File.Path, hit.Line);
        if (symbol is not null) _handles.Add((Handle.Of(file.File.Path, new(hit.Line, hit.Line), file.Text.Lines(new(hit.Line, hit.Line))), symbol.Path));
    }

    private string Lines(FileHits file, LineHit hit, int lastShown, int nextHit, out int end)
    {
        var block = new StringBuilder();
        var from = Math.Max(lastShown + 1, hit.Line - _context);
        end = Math.Min(file.Text.LineCount, Math.Min(hit.Line + _context, nextHit - 1));
        if (_context > 0 && lastShown > 0 && from > lastShown + 1) block.Append("--\n");
        for (var line = Math.Min(from, hit.Line); line <= end; line++)
        {
            if (line != hit.Line && !_call.Sees(file.File.Path, new(line, line))) continue;
            var text = TrimBreak(file.Text.Lines(new(line, line)));
            block.Append(CultureInfo.InvariantCulture, $"{line}\t{(line == hit.Line ? LongLine.Around(text, hit.Column, hit.Length) : LongLine.Around(text, 1, 0))}\n");
        }
        block.Length--;
        return block.ToString();
    }

    // The first hit of an answer is always shown, without its context and with as much of its line as there is room for.
    private string Shortened(TextAnswer answer, FileHits file, LineHit hit, string heading, string symbol)
    {
        _shortened = true;
        var line = TrimBreak(file.Text.Lines(new(hit.Line, hit.Line)));
        var number = hit.Line.ToString(CultureInfo.InvariantCulture) + "\t";
        var room = answer.Left - AnswerSize.Bytes(heading) - number.Length - 8;
        if (room - AnswerSize.Bytes(symbol) >= LeastWidth) room -= AnswerSize.Bytes(symbol);
        else symbol = "";
        var width = LongLine.TextWidth;
        var text = LongLine.Around(line, hit.Column, hit.Length, width);
        while (width > LeastWidth && AnswerSize.Bytes(text) > room) text = LongLine.Around(line, hit.Column, hit.Length, width = Math.Max(LeastWidth, width * 2 / 3));
        if (AnswerSize.Bytes(text) > room) text = LongLine.Around(line, hit.Column, hit.Length, 4);
        return heading + symbol + number + text;
    }

    private static string SymbolLine(Symbol? symbol) =>
        symbol is null ? " in no symbol" : $" in {NameEscaping.Escape(symbol.Path)} [{symbol.Kind} {symbol.Range}]";

    private string Header(int shown, string? reason)
    {
        var mode = $"{_query.Kind.ToString().ToLowerInvariant()}{(_query.IgnoresCase ? ", any case" : "")}";
        return string.Create(CultureInfo.InvariantCulture,
            $"search {mode} \"{TextAnswer.Cut(NameEscaping.Escape(_query.Pattern), 80)}\"{InWords()} · shown {shown:N0} of {_search.Total:N0} lines in {_search.FileCount:N0} files · {(reason is null ? "complete" : "partial: " + reason)}{(_shortened ? " · step: first hit shortened" : "")} · {_call.SnapshotWords()}");
    }

    private string InWords() => _call.Arguments.Text("in") is { } scope ? $" in {TextAnswer.Cut(NameEscaping.Escape(scope), 80)}" : "";

    private string? Reason(bool done)
    {
        if (_search.Faults.Count > 0) return NotSearched(_search.Faults.Count);
        if (!_scope.Losses.None && _scope.Losses.Gone + _scope.Losses.NotCovered > 0) return "set items lost";
        if (done) return null;
        return _shown >= _limit ? "limit" : "budget";
    }

    private string LongestReason() => _query.Kind == PatternKind.Regex ? NotSearched(999_999) : Reason(false)!;

    private static string NotSearched(int files) => string.Create(CultureInfo.InvariantCulture, $"{files:N0} file{(files == 1 ? "" : "s")} not searched to the end");

    private static bool IsPartialBeyondSize(string? reason) => reason is not (null or "limit" or "budget");

    private IEnumerable<string> Closing()
    {
        if (_search.Total == 0)
            foreach (var line in new ZeroHits(_call, _query, _scope, _search.Faults.Count).Lines()) yield return line;
        foreach (var fault in _search.Faults.Take(5)) yield return $"not searched: {TextAnswer.Cut(NameEscaping.Escape(fault.Path.Value), 120)} ({fault.Reason})";
        if (_search.Faults.Any(fault => fault.Reason == "timeout")) yield return "note: this pattern needs backtracking, which is limited to 1 s a file and 5 s in all; one without look-arounds and back-references has no limit";
        if (TextAnswer.Losses(_scope.Losses) is { } losses) yield return losses;
        if (_kept is not null) yield return _kept.Line();
        if (_search.Total > 0 && TextAnswer.Skipped(_call.Snapshot) is { } skipped) yield return skipped;
    }

    private ToolAnswer Json(IEnumerable<FileHits> files)
    {
        var matches = new JsonArray();
        var frame = Frame();
        var faults = _search.Faults.Count;
        var left = JsonParts.Room(_call.Size, frame, LongestCursor() + LongestReason());
        foreach (var (file, hit) in files.SelectMany(file => file.Hits.Select(hit => (file, hit))))
        {
            if (_shown >= _limit) break;
            var symbol = file.Symbols.Enclosing(hit.Line);
            var item = Match(file, hit, symbol);
            if (!_call.Size.IsUnlimited && JsonOutput.Size(item) + 1 > left)
            {
                if (_shown > 0) break;
                JsonParts.Shorten(item, left);
            }
            if (!_call.Size.IsUnlimited) left -= JsonOutput.Size(item) + 1;
            matches.Add(item);
            Count(file, hit, symbol);
        }
        _call.Store.Journal.Remember(_handles);
        var done = _search.IsEnd(_last ?? _after);
        var reason = Reason(done);
        frame["shown"] = matches.Count;
        frame["complete"] = reason is null;
        if (reason is not null) frame["reason"] = reason;
        frame["matches"] = matches;
        if (_search.Faults.Count > faults && NotSearched() is var named && (_call.Size.IsUnlimited || JsonOutput.Size(named) + 20 <= left)) frame["notSearched"] = named;
        if (!done && _last is { } place) frame["cursor"] = CursorAt(place);
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
        };
        _call.AddVersion(frame);
        if (_kept is not null) frame["set"] = _kept.Json();
        if (!_scope.Losses.None) frame["losses"] = JsonParts.Losses(_scope.Losses);
        if (_search.Faults.Count > 0) frame["notSearched"] = NotSearched();
        if (_search.Total == 0) frame["near"] = new JsonArray([.. new ZeroHits(_call, _query, _scope, _search.Faults.Count).Near().Select(name => (JsonNode)name)]);
        return frame;
    }

    private JsonArray NotSearched() => new([.. _search.Faults.Take(_call.Size.IsUnlimited ? 50 : 3).Select(fault => (JsonNode)new JsonObject { ["path"] = fault.Path.Value, ["reason"] = fault.Reason })]);

    private JsonObject Match(FileHits file, LineHit hit, Symbol? symbol)
    {
        var line = file.Text.Lines(new(hit.Line, hit.Line));
        var (text, cut) = LongLine.Json(TrimBreak(line));
        var item = new JsonObject
        {
            ["path"] = file.File.Path.Value,
            ["line"] = hit.Line,
            ["column"] = hit.Column,
            ["text"] = text,
            ["symbol"] = symbol is null ? null : $"{file.File.Path.Value}#{symbol.Path}",
            ["kind"] = symbol?.Kind,
            ["handle"] = Handle.Of(file.File.Path, new(hit.Line, hit.Line), line).ToString(),
        };
        if (symbol is not null) (item["symbolStart"], item["symbolEnd"]) = (symbol.Range.Start, symbol.Range.End);
        if (cut) item["cut"] = true;
        if (_context > 0) item["context"] = Around(file, hit.Line);
        return item;
    }

    private JsonArray Around(FileHits file, int hit)
    {
        var lines = new JsonArray();
        for (var line = Math.Max(1, hit - _context); line <= Math.Min(file.Text.LineCount, hit + _context); line++)
            if (line != hit && _call.Sees(file.File.Path, new(line, line))) lines.Add(new JsonObject { ["line"] = line, ["text"] = LongLine.Json(TrimBreak(file.Text.Lines(new(line, line)))).Text });
        return lines;
    }

    private static string TrimBreak(string line) => line.EndsWith("\r\n", StringComparison.Ordinal) ? line[..^2] : line.EndsWith('\n') ? line[..^1] : line;
}
