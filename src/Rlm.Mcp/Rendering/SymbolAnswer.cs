using System.Globalization;
using System.Text.Json.Nodes;
using Rlm.Context.Files;
using Rlm.Context.Scopes;
using Rlm.Context.Search;
using Rlm.Context.Slices;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Rendering;

/// <summary>The answer of a search for symbols: best first, one line each.</summary>
internal sealed class SymbolAnswer
{
    private const int MaxSignature = 200;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly ToolCall _call;
    private readonly string _pattern;
    private readonly Scope _scope;
    private readonly SymbolHits _found;
    private readonly int _limit, _files;
    private readonly KeptSet? _kept;

    public SymbolAnswer(ToolCall call)
    {
        (_call, _pattern) = (call, call.Arguments.RequiredText("pattern"));
        _limit = call.Arguments.Integer("limit", 1, SetStore.MaxItems) ?? int.MaxValue;
        if (call.Arguments.Integer("context", 0, 20) is > 0) throw new ToolException(ErrorCodes.BadArgument, "mode symbol has no context lines", "read(targets) shows a symbol's source.");
        if (call.Arguments.Has("case")) throw new ToolException(ErrorCodes.BadArgument, "mode symbol has no case: exact case ranks first", "Leave case out.");
        var setName = CommonParameters.SetName(call.Arguments);
        _scope = call.Scope();
        _found = SymbolSearch.Run(call.Store, _pattern, _scope, Deadline, call.Context.Progress, call.Cancellation);
        _files = _found.Hits.Select(hit => hit.Path).Distinct().Count();
        if (setName is not null && call.Place is null) _kept = KeptSet.Save(call, setName, Items(), _found.Hits.Count);
    }

    public ToolAnswer Render() => _call.Context.Json ? Json() : Text();

    private string? Reason(bool done, int shown) => _found.FilesLeft > 0 ? $"deadline, {_found.FilesLeft:N0} files not outlined" : done ? null : shown >= _limit ? "limit" : "budget";

    private List<SetItem> Items()
    {
        var items = new List<SetItem>();
        foreach (var hit in _found.Hits.Take(SetStore.MaxItems))
        {
            if (Opened(hit.Path) is not { } text || hit.Symbol.Range.End > text.LineCount) continue;
            items.Add(new(hit.Path, hit.Symbol.Range, hit.Symbol.Path, Handle.Of(hit.Path, hit.Symbol.Range, text.Lines(hit.Symbol.Range)).ToString()) { Stamp = text.Stamp, IsWholeSymbol = true });
        }
        return items;
    }

    private OpenText? Opened(RepoPath path)
    {
        try
        {
            return _call.Store.Open(path, _call.Cancellation);
        }
        catch (Rlm.Context.ContextException)
        {
            return null;
        }
    }

    private ToolAnswer Text()
    {
        var from = Math.Min(_call.PlaceNumber(), _found.Hits.Count);
        var closing = Closing().ToArray();
        var answer = new TextAnswer(_call.Size, AnswerSize.Bytes(Header(_found.Hits.Count, Reason(false, 0), isShortened: true)) + TextAnswer.BytesOf(closing) + LongestCursor().Length + 10);
        var at = from;
        var isShortened = false;
        for (; at < _found.Hits.Count && at - from < _limit; at++)
        {
            if (answer.TryAdd(HitLine(_found.Hits[at], MaxSignature))) continue;
            if (!answer.IsEmpty) break;
            isShortened = true;
            answer.Force(HitLine(_found.Hits[at], (int)Math.Clamp(answer.Left - AnswerSize.Bytes(HitLine(_found.Hits[at], 0)), 0, MaxSignature) / 3));
        }
        var done = at == _found.Hits.Count;
        return new(answer.Finish(Header(at - from, Reason(done, at - from), isShortened), done ? closing : closing.Append("cursor: " + CursorAt(at))), _found.FilesLeft > 0);
    }

    private string Header(int shown, string? reason, bool isShortened) => string.Create(CultureInfo.InvariantCulture,
        $"search symbol \"{TextAnswer.Cut(NameEscaping.Escape(_pattern), 80)}\"{(_call.Arguments.Text("in") is { } scope ? " in " + TextAnswer.Cut(NameEscaping.Escape(scope), 80) : "")} · shown {shown:N0} of {_found.Hits.Count:N0} symbols in {_files:N0} files{(_found.NearMissesOnly ? " (no such name; these are spelled nearly so)" : "")} · {(reason is null ? "complete" : "partial: " + reason)}{(isShortened ? " · step: names" : "")} · {_call.SnapshotWords()}");

    private string CursorAt(int at) => _call.CursorAt(at.ToString(CultureInfo.InvariantCulture));

    private string LongestCursor() => CursorAt(9_999_999) + "12345678";

    private static string HitLine(SymbolHit hit, int width)
    {
        var symbol = hit.Symbol;
        var signature = width == 0 ? "" : " — " + TextAnswer.Cut(symbol.Signature, width);
        return NameEscaping.Escape($"{hit.Path.Value}:{symbol.Range} {symbol.Kind} {symbol.Path}{signature}{(symbol.Conditional ? " [conditional]" : "")}");
    }

    private IEnumerable<string> Closing()
    {
        if (_found.Hits.Count == 0) yield return string.Create(CultureInfo.InvariantCulture, $"covered: {_scope.Files.Length:N0} files, {_scope.Bytes:N0} bytes");
        if (TextAnswer.Losses(_scope.Losses) is { } losses) yield return losses;
        if (_kept is not null) yield return _kept.Line();
        if (TextAnswer.Skipped(_call.Snapshot) is { } skipped) yield return skipped;
        if (_found.Hits.Count == 0) yield return "near: " + string.Join(", ", NearFiles() is { Count: > 0 } near ? near.Select(name => TextAnswer.Cut(NameEscaping.Escape(name), 80)) : ["nothing is spelled nearly so"]);
    }

    private IReadOnlyList<string> NearFiles() => Rlm.Context.NearNames.Of(_pattern, _call.Snapshot.Files.Select(file => System.IO.Path.GetFileNameWithoutExtension(file.Path.Name)));

    private ToolAnswer Json()
    {
        var from = Math.Min(_call.PlaceNumber(), _found.Hits.Count);
        var result = new JsonObject
        {
            ["mode"] = "symbol",
            ["pattern"] = _pattern,
            ["total"] = _found.Hits.Count,
            ["files"] = _files,
            ["covered"] = new JsonObject { ["files"] = _scope.Files.Length, ["bytes"] = _scope.Bytes },
            ["skipped"] = JsonParts.Skipped(_call.Snapshot),
        };
        _call.AddVersion(result);
        if (_kept is not null) result["set"] = _kept.Json();
        if (_found.NearMissesOnly) result["nearMissesOnly"] = true;
        if (!_scope.Losses.None) result["losses"] = JsonParts.Losses(_scope.Losses);
        if (_found.Hits.Count == 0) result["near"] = new JsonArray([.. NearFiles().Select(name => (JsonNode)name)]);
        var left = JsonParts.Room(_call.Size, result, LongestCursor());
        var matches = new JsonArray();
        var at = from;
        for (; at < _found.Hits.Count && at - from < _limit; at++)
        {
            var item = Match(_found.Hits[at]);
            if (!_call.Size.IsUnlimited && JsonOutput.Size(item) + 1 > left)
            {
                if (matches.Count > 0) break;
                JsonParts.Shorten(item, left);
            }
            if (!_call.Size.IsUnlimited) left -= JsonOutput.Size(item) + 1;
            matches.Add(item);
        }
        var done = at == _found.Hits.Count;
        var reason = Reason(done, at - from);
        (result["shown"], result["complete"]) = (matches.Count, reason is null);
        if (reason is not null) result["reason"] = reason;
        result["matches"] = matches;
        if (!done) result["cursor"] = CursorAt(at);
        return new(result.ToJsonString(JsonOutput.Options), _found.FilesLeft > 0);
    }

    private JsonObject Match(SymbolHit hit)
    {
        var symbol = hit.Symbol;
        var line = Opened(hit.Path) is { } text && symbol.NameLine <= text.LineCount ? text.Lines(new(symbol.NameLine, symbol.NameLine)) : "";
        var (shown, cut) = LongLine.Json(line.TrimEnd('\n').TrimEnd('\r'));
        var item = new JsonObject
        {
            ["path"] = hit.Path.Value,
            ["line"] = symbol.NameLine,
            ["column"] = Math.Max(0, line.IndexOf(symbol.Name, StringComparison.Ordinal)) + 1,
            ["text"] = shown,
            ["symbol"] = hit.FullPath,
            ["kind"] = symbol.Kind,
            ["handle"] = Handle.Of(hit.Path, new(symbol.NameLine, symbol.NameLine), line).ToString(),
            ["symbolStart"] = symbol.Range.Start,
            ["symbolEnd"] = symbol.Range.End,
            ["signature"] = symbol.Signature,
            ["score"] = hit.Score,
        };
        if (cut) item["cut"] = true;
        return item;
    }
}
