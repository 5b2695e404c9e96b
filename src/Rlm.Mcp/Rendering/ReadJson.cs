using System.Globalization;
using System.Text.Json.Nodes;
using Rlm.Context.Files;
using Rlm.Context.Traces;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Rendering;

/// <summary>Slices as JSON: whole lines with <c>rest</c>, parts of lines that are too long, outlines broken between symbols.</summary>
internal sealed class ReadJson(ReadAnswer answer)
{
    // Room for "columns", "rest" and "restLines" beside the paths in them.
    private const int Bounds = 120;

    private bool _cut;

    public string Render()
    {
        var call = answer.Call;
        var result = new JsonObject { ["total"] = answer.Slices.Count };
        call.AddVersion(result);
        if (!answer.Losses.None) result["losses"] = JsonParts.Losses(answer.Losses);
        if (answer.Traces.Where(trace => TraceFrames.NotShown(trace) > 0).ToArray() is { Length: > 0 } traces) AddFrames(result, traces);
        var limit = JsonParts.Room(call.Size, result, answer.LongestCursor());
        var slices = new JsonArray();
        var (next, symbol) = answer.View == "outline" ? Outlines(slices, limit) : (Fill(slices, limit), 0);
        var more = next < answer.Slices.Count;
        var reason = answer.Reason(_cut || more);
        result["slices"] = slices;
        (result["shown"], result["complete"]) = (slices.Count, reason is null);
        if (reason is not null) result["reason"] = reason;
        if (more) result["cursor"] = answer.CursorAt(next, symbol);
        return result.ToJsonString(JsonOutput.Options);
    }

    private void AddFrames(JsonObject result, TraceResult[] traces)
    {
        result["framesNotHere"] = new JsonArray([.. traces.SelectMany(trace => TraceFrames.Json(trace, answer.Call.Size.IsUnlimited ? int.MaxValue : 5)).Select(frame => frame!.DeepClone())]);
        result["framesNotShown"] = traces.Sum(TraceFrames.NotShown);
    }

    private int Fill(JsonArray slices, long limit)
    {
        var page = answer.Slices.GetRange(answer.First, answer.Fitting(limit, slice => Math.Min(Cost(slice), Least(slice))));
        answer.Remember(page);
        var shares = ReadAnswer.Shares([.. page.Select(Cost)], limit);
        for (var index = 0; index < page.Count; index++) slices.Add(Slice(page[index], shares[index] - 1));
        return answer.First + page.Count;
    }

    private long Cost(ReadSlice slice) =>
        slice.Error is not null ? JsonOutput.Size(Failure(slice, long.MaxValue)) + 1
        : slice.Target!.Columns is { } columns ? Least(slice) + 3L * columns.Count
        : Least(slice) + (answer.View == "signature" ? JsonOutput.Size(JsonValue.Create(Signatures(slice))) : slice.FullCost() * 11 / 10);

    private static long Least(ReadSlice slice) => slice.Error is not null ? 300 : JsonOutput.Size(Frame(slice, slice.Range)) + PathBytes(slice) * 2 + Bounds;

    private static long PathBytes(ReadSlice slice) => JsonOutput.Size(JsonValue.Create(slice.Path.Value));

    private JsonObject Slice(ReadSlice slice, long bytes)
    {
        if (slice.Error is not null) return Failure(slice, bytes);
        if (answer.View == "signature") return Signature(slice, bytes);
        if (slice.Target!.Columns is { } columns) return Part(slice, columns, bytes);
        var room = bytes == long.MaxValue - 1 ? long.MaxValue : bytes - JsonOutput.Size(Frame(slice, slice.Range)) - PathBytes(slice) - 60;
        if (Fitting(slice, room) is not { } shown) return Part(slice, new(1, int.MaxValue), bytes);
        var item = Frame(slice, shown, isShown: true);
        item["text"] = slice.Text.Lines(shown);
        if (shown.End < slice.Range.End) SetRest(item, "rest", string.Create(CultureInfo.InvariantCulture, $"{slice.Path.Value}:{shown.End + 1}-{slice.Range.End}"));
        return item;
    }

    private static JsonObject Failure(ReadSlice slice, long bytes)
    {
        var item = new JsonObject { ["target"] = slice.Asked, ["error"] = ToolErrors.ErrorObject(slice.Error!) };
        if (JsonOutput.Size(item) <= bytes) return item;
        item["target"] = TextAnswer.Cut(slice.Asked, 200);
        var error = item["error"]!.AsObject();
        foreach (var name in (ReadOnlySpan<string>)["near", "next"])
            if (JsonOutput.Size(item) > bytes) error.Remove(name);
        if (JsonOutput.Size(item) > bytes) error["message"] = TextAnswer.Cut((string)error["message"]!, 100);
        return item;
    }

    // All but the text. Hashing thousands of lines of a large file only to measure or to outline would mean reading them.
    private static JsonObject Frame(ReadSlice slice, LineRange range, bool isShown = false)
    {
        var handle = isShown || slice.Text is WholeText || range.Count < 4_000 ? slice.HandleOf(range) : new(slice.Path, range, "00000000");
        var item = new JsonObject
        {
            ["target"] = slice.Asked,
            ["handle"] = handle.ToString(),
            ["path"] = slice.Path.Value,
            ["start"] = range.Start,
            ["end"] = range.End,
            ["lines"] = slice.Text.LineCount,
            ["hash"] = handle.Hash,
            ["symbol"] = slice.Symbol is null || slice.IsWholeFile ? null : $"{slice.Path.Value}#{slice.Symbol.Path}",
            ["kind"] = slice.IsWholeFile ? "file" : slice.Symbol?.Kind,
        };
        if (slice.Target!.Moved is { } moved) item["moved"] = new JsonObject { ["from"] = moved.From.ToString(), ["to"] = handle.ToString(), ["why"] = moved.Reason.ToString().ToLowerInvariant() };
        if (slice.Target.Frame is { } frame) item["frame"] = frame;
        if (slice.Text.Revision is { } revision) item["rev"] = revision;
        if (slice.Text.EncodingNote is { } encoding) item["encoding"] = encoding;
        if (slice.Target.AskedEnd is { } end) item["askedEnd"] = end;
        if (slice.Text.NotCovered is { } why) item["notCovered"] = why;
        if (slice.Text.ChangedWhileRead) item["changed"] = true;
        if (slice.Usage is { } usage) item["used"] = new JsonObject { ["count"] = usage.Count, ["files"] = usage.Files, ["tests"] = usage.InTests, ["certainty"] = usage.IsExact ? "exact" : "text" };
        return item;
    }

    // The whole lines that fit the bytes as JSON text; null when not even the first does.
    private static LineRange? Fitting(ReadSlice slice, long bytes)
    {
        if (slice.Range.Count == 0 || bytes == long.MaxValue) return slice.Range;
        var last = slice.Range.Start - 1;
        foreach (var (line, content) in slice.LinesOf(slice.Range))
        {
            bytes -= JsonOutput.Size(JsonValue.Create(content)) + 2; // its quotes pay for two of the four of \r\n
            if (bytes < 0) break;
            last = line;
        }
        return last < slice.Range.Start ? null : new(slice.Range.Start, last);
    }

    private JsonObject Part(ReadSlice slice, LineRange columns, long bytes)
    {
        var line = slice.Range.Start;
        var item = new JsonObject { ["target"] = slice.Asked, ["path"] = slice.Path.Value, ["start"] = line, ["end"] = line, ["lines"] = slice.Text.LineCount };
        var width = (int)Math.Clamp(bytes, 1, Math.Min(columns.Count, 40_000));
        while (true)
        {
            var (text, shown, length) = slice.Text.LinePart(line, new(columns.Start, (int)Math.Min(int.MaxValue, (long)columns.Start + width - 1)));
            var last = Math.Min(columns.End, length);
            item["columns"] = $"{shown} of {length}";
            item["text"] = text;
            item.Remove("rest");
            if (shown.End < last) SetRest(item, "rest", string.Create(CultureInfo.InvariantCulture, $"{slice.Path.Value}:{line}:{shown.End + 1}-{last}"));
            if (line < slice.Range.End) SetRest(item, item.ContainsKey("rest") ? "restLines" : "rest", string.Create(CultureInfo.InvariantCulture, $"{slice.Path.Value}:{line + 1}-{slice.Range.End}"));
            if (JsonOutput.Size(item) <= bytes || width <= 8) return item;
            var own = JsonOutput.Size(JsonValue.Create(text));
            width = (int)Math.Clamp(width * Math.Max(1, bytes - JsonOutput.Size(item) + own) / own, 8, width - 1);
        }
    }

    private void SetRest(JsonObject item, string name, string rest)
    {
        item[name] = rest;
        _cut = true;
    }

    // Signatures

    private string Signatures(ReadSlice slice) => string.Join('\n', answer.SymbolsOf(slice).Select(symbol => symbol.Signature));

    private JsonObject Signature(ReadSlice slice, long bytes)
    {
        var item = Frame(slice, slice.Range);
        var text = Signatures(slice);
        item["text"] = text;
        if (JsonOutput.Size(item) <= bytes) return item;
        _cut = true;
        (item["cut"], item["step"]) = (true, "names");
        item["text"] = text = string.Join('\n', answer.SymbolsOf(slice).Select(symbol => symbol.Name));
        while (text.Length > 0 && JsonOutput.Size(item) > bytes) item["text"] = text = text[..Math.Max(0, text.LastIndexOf('\n', text.Length / 2))];
        return item;
    }

    // Outlines: in order, since one that is cut goes on with the next page.

    private (int Slice, int Symbol) Outlines(JsonArray slices, long limit)
    {
        var left = limit;
        for (var index = answer.First; index < answer.Slices.Count; index++)
        {
            var slice = answer.Slices[index];
            var from = index == answer.First ? answer.FirstSymbol : 0;
            var item = slice.Error is not null ? Failure(slice, slices.Count == 0 ? left : long.MaxValue) : OutlineFrame(slice, from);
            var cost = JsonOutput.Size(item) + 16;
            if (cost > left && slices.Count > 0) return (index, from);
            left -= cost;
            if (slice.Error is null && Symbols(slice, item, from, ref left, slices.Count == 0) is var stopped and >= 0)
            {
                if (item["symbols"]!.AsArray().Count == 0 && slices.Count > 0) return (index, from);
                slices.Add(item);
                return (index, stopped);
            }
            slices.Add(item);
        }
        return (answer.Slices.Count, 0);
    }

    private static JsonObject OutlineFrame(ReadSlice slice, int from)
    {
        var item = Frame(slice, slice.Range);
        if (slice.Text is not WholeText && slice.Range.Count >= 4_000) (item["handle"], item["hash"]) = (null, null);
        item["provider"] = slice.Outline.Provider;
        if (slice.Outline.Partial is { } partial) item["partial"] = partial;
        if (from > 0) item["continued"] = true;
        return item;
    }

    // Index of the symbol to go on with, or -1.
    private int Symbols(ReadSlice slice, JsonObject item, int from, ref long left, bool mustProgress)
    {
        var symbols = new JsonArray();
        item["symbols"] = symbols;
        var list = new SymbolList(slice.Path, answer.SymbolsOf(slice));
        for (var index = from; index < list.Count; index++)
        {
            var cost = list.Cost(index, from);
            if (cost > left && mustProgress && index == from) cost = list.Shorten(index, from);
            else if (cost > left) return index;
            left -= cost;
            list.AddTo(symbols, index, from);
        }
        return -1;
    }
}
