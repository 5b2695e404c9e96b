using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Rlm.Context;
using Rlm.Context.Files;
using Rlm.Context.Outlines;
using Rlm.Context.Slices;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Rendering;

/// <summary>
/// The answer of a read. The budget is shared out so that small slices come whole and large ones get what is left; ranges are cut at whole lines with
/// the call for the rest, a whole file or type that is too long comes as its outline and first lines.
/// </summary>
internal sealed class ReadAnswer
{
    private const int LeastShare = 400;

    private readonly ToolCall _call;
    private readonly string _view;
    private readonly int _targets;
    private readonly List<ReadSlice> _slices = [];

    public ReadAnswer(ToolCall call, IReadOnlyList<string> targets, string unit, string view)
    {
        (_call, _view, _targets) = (call, view, targets.Count);
        foreach (var asked in targets) AddSlices(asked, unit);
    }

    public ToolAnswer Render()
    {
        var from = Math.Min(_call.PlaceNumber(), _slices.Count);
        var limit = _call.Size.IsUnlimited ? long.MaxValue : _call.Size.Limit - 420;
        var count = (int)Math.Clamp(limit / LeastShare, 1, _slices.Count - from);
        var page = _slices.GetRange(from, count);
        Remember(page);
        return _call.Context.Json ? Json(page, from, limit) : Text(page, from, limit);
    }

    private void AddSlices(string asked, string unit)
    {
        try
        {
            foreach (var target in _call.Store.Targets.Resolve(asked, _call.Snapshot, _call.Cancellation)) _slices.Add(new(_call.Store, target, unit, _call.Cancellation));
        }
        catch (ContextException fault) when (_targets > 1)
        {
            _slices.Add(new(_call.Store, asked, fault, _call.Cancellation));
        }
    }

    private void Remember(List<ReadSlice> page) =>
        _call.Store.Journal.Remember(page.Where(slice => slice.Error is null && slice.Symbol is not null && slice.Range.Count is > 0 and < 4_000).Select(slice => (slice.HandleOf(slice.Range), slice.Symbol!.Path)));

    // Small slices first get all they need; what they leave is shared by the rest.
    private static long[] Shares(IReadOnlyList<long> costs, long limit)
    {
        var shares = new long[costs.Count];
        var left = costs.Count;
        foreach (var index in Enumerable.Range(0, costs.Count).OrderBy(index => costs[index]))
        {
            shares[index] = limit == long.MaxValue ? long.MaxValue : Math.Min(costs[index], limit / left);
            if (limit != long.MaxValue) limit -= shares[index];
            left--;
        }
        return shares;
    }

    private int Failed => _slices.Count(slice => slice.Error is not null);

    private string? Reason(bool cut) => Failed > 0 ? $"{Failed} of {_targets} targets failed" : cut ? "budget" : null;

    // Text

    private ToolAnswer Text(List<ReadSlice> page, int from, long limit)
    {
        var costs = page.Select(slice => slice.Error is not null ? 300 : AnswerSize.Bytes(Heading(slice, slice.Range)) + 2 + BodyCost(slice) + Trail(slice).Sum(line => AnswerSize.Bytes(line) + 1)).ToArray();
        var shares = Shares(costs, limit);
        var body = new StringBuilder();
        var cut = false;
        var step = "";
        for (var index = 0; index < page.Count; index++) body.Append(SliceText(page[index], shares[index], ref cut, ref step)).Append('\n');
        var more = from + page.Count < _slices.Count;
        var reason = Reason(cut || more);
        var header = string.Create(CultureInfo.InvariantCulture,
            $"read {Words(_targets, "target")} · shown {page.Count:N0} of {Words(_slices.Count, "slice")} · {(reason is null ? "complete" : "partial: " + reason)}{(step.Length > 0 ? $" · step: {step}" : "")} · {_call.SnapshotWords()}");
        if (Ambiguous() is { } ambiguous) header += "\n" + ambiguous;
        var text = header + "\n" + body.ToString().TrimEnd('\n');
        if (more) text += "\ncursor: " + _call.CursorAt((from + page.Count).ToString(CultureInfo.InvariantCulture));
        return new(text, Failed > 0);
    }

    private string? Ambiguous()
    {
        var many = _slices.Where(slice => slice.Target?.Symbol is not null).GroupBy(slice => slice.Asked).Where(group => group.Count() > 1 && !group.Key.StartsWith('@')).ToArray();
        return many.Length == 0 ? null : "ambiguous: " + string.Join(", ", many.Select(group => $"{NameEscaping.Escape(group.Key)} names {group.Count()} declarations, all shown"));
    }

    private long BodyCost(ReadSlice slice) => _view switch
    {
        "source" => slice.FullCost(),
        _ => AnswerSize.Bytes(SymbolsText(slice, _view == "signature" ? OutlineStep.Signatures : OutlineStep.Full)) + 60 + (slice.Outline.Partial?.Length ?? 0),
    };

    private string SliceText(ReadSlice slice, long bytes, ref bool cut, ref string step)
    {
        if (slice.Error is { } error) return $"== {NameEscaping.Escape(slice.Asked)}\n{ToolErrors.Line(error)}";
        if (_view != "source") return SymbolsView(slice, bytes, ref cut, ref step);
        if (slice.Target!.Columns is { } columns) return LinePart(slice, columns, bytes, ref cut);
        var trail = Trail(slice).ToArray();
        var overhead = AnswerSize.Bytes(Heading(slice, slice.Range)) + 2 + trail.Sum(line => AnswerSize.Bytes(line) + 1);
        if (slice.Range.Count == 0) return Heading(slice, slice.Range) + "\n(empty file)";
        if (slice.FullCost() + overhead <= bytes || bytes == long.MaxValue)
            return string.Join('\n', [Heading(slice, slice.Range), slice.Numbered(slice.Range, long.MaxValue)!.Value.Text, .. trail]);
        cut = true;
        return slice.IsWholeFile || (slice.IsWholeSymbol && slice.Symbol!.IsType) ? Shortened(slice, bytes - overhead, ref step) : FirstLines(slice, bytes - overhead);
    }

    private static string FirstLines(ReadSlice slice, long bytes)
    {
        if (slice.Numbered(slice.Range, bytes - 80) is not { } lines) return LinePart(slice, new(1, (int)Math.Max(100, (bytes - 160) / 4)), slice.Range.Start);
        return $"{Heading(slice, lines.Shown)}\n{lines.Text}\nrest: {Rest(slice, lines.Shown.End + 1)}";
    }

    // Outline first, as full as half of the room allows, then as many lines as fit.
    private static string Shortened(ReadSlice slice, long bytes, ref string step)
    {
        var outline = "";
        foreach (var candidate in (ReadOnlySpan<OutlineStep>)[OutlineStep.Signatures, OutlineStep.Names, OutlineStep.Counts])
        {
            outline = candidate == OutlineStep.Counts ? OutlineText.Counts(slice.Outline) : SymbolsText(slice, candidate);
            step = "outline and first lines";
            if (AnswerSize.Bytes(outline) <= bytes / 2) break;
        }
        return $"{FirstLines(slice, bytes - AnswerSize.Bytes(outline) - 60)}\noutline ({slice.Outline.Provider}{(slice.Outline.Partial is { } partial ? ", partial: " + partial : "")}):\n{outline}";
    }

    private static string SymbolsText(ReadSlice slice, OutlineStep step) => OutlineText.Of(SymbolsOf(slice), step, slice.Outline.Provider);

    // What a signature or outline view shows: the symbol meant, or those that begin in the lines.
    private static IEnumerable<Symbol> SymbolsOf(ReadSlice slice) =>
        slice.IsWholeFile ? slice.Outline.Symbols
        : slice.IsWholeSymbol ? [slice.Symbol!]
        : slice.Outline.All.Where(symbol => slice.Range.Contains(symbol.NameLine) && !slice.Outline.All.Any(outer => outer != symbol && outer.Range.Contains(symbol.Range) && slice.Range.Contains(outer.NameLine)))
            .DefaultIfEmpty(slice.Symbol).OfType<Symbol>();

    private string SymbolsView(ReadSlice slice, long bytes, ref bool cut, ref string step)
    {
        var heading = Heading(slice, slice.Range) + $" · {slice.Outline.Provider}{(slice.Outline.Partial is { } partial ? ", partial: " + partial : "")}";
        if (_view == "signature" && slice.IsWholeSymbol) return heading + "\n" + OutlineText.Line(slice.Symbol!, OutlineStep.Full, slice.Outline.Provider);
        foreach (var candidate in (ReadOnlySpan<OutlineStep>)[_view == "signature" ? OutlineStep.Signatures : OutlineStep.Full, OutlineStep.Signatures, OutlineStep.Names])
        {
            var text = SymbolsText(slice, candidate);
            if (text.Length == 0) return heading + "\n(no symbols)";
            if (AnswerSize.Bytes(text) + AnswerSize.Bytes(heading) + 2 <= bytes) return heading + "\n" + text;
            step = OutlineText.Word(candidate + 1);
        }
        cut = true;
        return $"{heading}\n{OutlineText.Counts(slice.Outline)}\nnext: map(path: \"{slice.Path.Value}\", view: \"outline\") pages through them";
    }

    private static string LinePart(ReadSlice slice, LineRange columns, long bytes, ref bool cut)
    {
        var wanted = columns.Count;
        var fits = (int)Math.Clamp(bytes == long.MaxValue ? wanted : (bytes - 200) / 3, 50, int.MaxValue);
        if (fits < wanted) cut = true;
        return LinePart(slice, new(columns.Start, columns.Start + Math.Min(wanted, fits) - 1), slice.Range.Start);
    }

    private static string LinePart(ReadSlice slice, LineRange columns, int line)
    {
        var (text, shown, length) = slice.Text.LinePart(line, columns);
        var path = NameEscaping.Escape(slice.Path.Value);
        var rest = shown.End < length ? $"\nrest: {path}:{line}:{shown.End + 1}-{length}" : line < slice.Range.End ? $"\nrest: {path}:{line + 1}-{slice.Range.End}" : "";
        return $"== {path}:{line}:{shown} of {length:N0} columns\n{line}\t{text}{rest}";
    }

    private static string Heading(ReadSlice slice, LineRange shown)
    {
        var text = new StringBuilder("== ");
        text.Append(NameEscaping.Escape(shown.Count > 0 && (slice.Text is WholeText || shown.Count < 4_000) ? slice.HandleOf(shown).ToString() : $"{slice.Path.Value}:{shown}"));
        text.Append(CultureInfo.InvariantCulture, $" of {slice.Text.LineCount:N0} lines");
        if (slice.Symbol is { } symbol && !slice.IsWholeFile) text.Append(CultureInfo.InvariantCulture, $" · {(slice.IsWholeSymbol ? "" : "in ")}{NameEscaping.Escape(symbol.Path)} [{symbol.Kind} {symbol.Range}]");
        foreach (var note in Notes(slice)) text.Append(" · ").Append(note);
        return text.ToString();
    }

    private static IEnumerable<string> Notes(ReadSlice slice)
    {
        if (slice.Target!.Moved is { } moved) yield return $"changed: {NameEscaping.Escape(moved.From.ToString())} moved here, found by {moved.Reason.ToString().ToLowerInvariant()}";
        if (slice.Text.EncodingNote is { } encoding) yield return encoding;
        if (slice.Target.AskedEnd is { } end) yield return $"asked to line {end}, the file ends at {slice.Text.LineCount}";
        if (slice.Text.NotCovered is { } why) yield return $"not covered by map and search: {why}";
        if (slice.Text.ChangedWhileRead) yield return "changed while it was read";
    }

    // What the reader would look up next, as far as the outline knows it.
    private static IEnumerable<string> Trail(ReadSlice slice)
    {
        if (slice.Error is not null || !slice.IsWholeSymbol) yield break;
        var symbol = slice.Symbol!;
        var holder = slice.Outline.All.FirstOrDefault(type => type.IsType && type.Children.Contains(symbol));
        if (holder is not null) yield return $"in: {OutlineText.Line(holder, OutlineStep.Signatures, slice.Outline.Provider)}";
        if (symbol.Doc.Length > 0 && symbol.DocStart < symbol.Range.Start) yield return $"doc: {NameEscaping.Escape(symbol.Doc.Length > 200 ? symbol.Doc[..200] + "…" : symbol.Doc)}";
    }

    private static string Rest(ReadSlice slice, int from) => $"{NameEscaping.Escape(slice.Path.Value)}:{from}-{slice.Range.End}";

    private static string Words(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");

    // JSON

    private ToolAnswer Json(List<ReadSlice> page, int from, long limit)
    {
        var shares = Shares([.. page.Select(slice => slice.Error is not null ? 400 : 400 + (_view == "source" ? slice.FullCost() * 11 / 10 : JsonOutput.Size(SymbolsJson(slice))))], limit);
        var slices = new JsonArray();
        var cut = false;
        for (var index = 0; index < page.Count; index++) slices.Add(SliceJson(page[index], shares[index], ref cut));
        var more = from + page.Count < _slices.Count;
        var reason = Reason(cut || more);
        var result = new JsonObject { ["slices"] = slices, ["shown"] = page.Count, ["total"] = _slices.Count, ["complete"] = reason is null };
        if (reason is not null) result["reason"] = reason;
        result["version"] = _call.Snapshot.Version;
        if (more) result["cursor"] = _call.CursorAt((from + page.Count).ToString(CultureInfo.InvariantCulture));
        return new(result.ToJsonString(JsonOutput.Options), Failed > 0);
    }

    private JsonObject SliceJson(ReadSlice slice, long bytes, ref bool cut)
    {
        if (slice.Error is { } error) return new JsonObject { ["target"] = slice.Asked, ["error"] = ToolErrors.ErrorObject(error) };
        var item = new JsonObject { ["target"] = slice.Asked };
        if (slice.Target!.Columns is { } columns) return PartJson(slice, item, slice.Range.Start, columns, bytes, ref cut);
        var shown = _view == "source" ? Fitting(slice, bytes - 400) : slice.Range;
        if (shown is null) return PartJson(slice, item, slice.Range.Start, new(1, int.MaxValue), bytes, ref cut);
        var range = shown.Value;
        var handle = slice.HandleOf(range);
        item["handle"] = handle.ToString();
        item["path"] = slice.Path.Value;
        item["start"] = range.Start;
        item["end"] = range.End;
        item["lines"] = slice.Text.LineCount;
        item["hash"] = handle.Hash;
        item["symbol"] = slice.Symbol is null || slice.IsWholeFile ? null : $"{slice.Path.Value}#{slice.Symbol.Path}";
        item["kind"] = slice.IsWholeFile ? "file" : slice.Symbol?.Kind;
        if (_view == "source") item["text"] = slice.Text.Lines(range);
        else if (_view == "signature") item["text"] = string.Join('\n', SymbolsOf(slice).Select(symbol => symbol.Signature));
        else (item["provider"], item["symbols"]) = (slice.Outline.Provider, SymbolsJson(slice));
        if (range.End < slice.Range.End)
        {
            item["rest"] = $"{slice.Path.Value}:{range.End + 1}-{slice.Range.End}";
            cut = true;
        }
        AddNotes(slice, item, handle);
        return item;
    }

    private static void AddNotes(ReadSlice slice, JsonObject item, Handle handle)
    {
        if (slice.Target!.Moved is { } moved) item["moved"] = new JsonObject { ["from"] = moved.From.ToString(), ["to"] = handle.ToString(), ["why"] = moved.Reason.ToString().ToLowerInvariant() };
        if (slice.Text.EncodingNote is { } encoding) item["encoding"] = encoding;
        if (slice.Target.AskedEnd is { } end) item["askedEnd"] = end;
        if (slice.Text.NotCovered is { } why) item["notCovered"] = why;
        if (slice.Text.ChangedWhileRead) item["changed"] = true;
    }

    private static JsonArray SymbolsJson(ReadSlice slice) => new([.. SymbolsOf(slice).Select(symbol => (JsonNode)OutlineText.JsonTree(slice.Path, symbol))]);

    // The whole lines that fit the bytes as JSON text; null when not even the first does.
    private static LineRange? Fitting(ReadSlice slice, long bytes)
    {
        if (slice.Range.Count == 0 || bytes >= int.MaxValue) return slice.Range;
        var last = slice.Range.Start - 1;
        foreach (var (line, content) in slice.LinesOf(slice.Range))
        {
            bytes -= JsonOutput.Size(JsonValue.Create(content)) + 2;
            if (bytes < 0) break;
            last = line;
        }
        return last < slice.Range.Start ? null : new(slice.Range.Start, last);
    }

    private static JsonObject PartJson(ReadSlice slice, JsonObject item, int line, LineRange columns, long bytes, ref bool cut)
    {
        var fits = (int)Math.Clamp((bytes == long.MaxValue ? 40_000 : bytes - 400) / 2, 50, 40_000);
        var (text, shown, length) = slice.Text.LinePart(line, new(columns.Start, (int)Math.Min((long)columns.Start + fits - 1, columns.End)));
        item["path"] = slice.Path.Value;
        (item["start"], item["end"], item["lines"]) = (line, line, slice.Text.LineCount);
        item["columns"] = $"{shown} of {length}";
        item["text"] = text;
        if (shown.End < Math.Min(length, columns.End)) item["rest"] = $"{slice.Path.Value}:{line}:{shown.End + 1}-{Math.Min(length, columns.End)}";
        else if (line < slice.Range.End) item["rest"] = $"{slice.Path.Value}:{line + 1}-{slice.Range.End}";
        cut |= item.ContainsKey("rest");
        return item;
    }
}
