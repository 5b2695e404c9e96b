using System.Globalization;
using System.Text;
using Rlm.Context;
using Rlm.Context.Files;
using Rlm.Context.Relations;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Rendering;

/// <summary>
/// Slices as text. Ranges are cut at whole lines with the call for the rest; a whole file or type that is too long comes as its first lines and its outline;
/// a line that is too long comes in parts.
/// </summary>
internal sealed class ReadText(ReadAnswer answer)
{
    private const int LeastBody = 160, MaxName = 200;

    private bool _cut;
    private string _step = "";

    public string Render()
    {
        var call = answer.Call;
        var ambiguous = Ambiguous() + Frames() + (TextAnswer.Losses(answer.Losses) is { } losses ? "\n" + losses : "");
        var limit = call.Size.Limit - AnswerSize.Bytes(Header(answer.Slices.Count, answer.Reason(true), "outline and first lines")) - AnswerSize.Bytes(ambiguous) - answer.LongestCursor().Length - 12;
        var page = answer.Slices.GetRange(answer.First, answer.Fitting(limit, slice => Math.Min(Cost(slice) + 1, Least(slice))));
        answer.Remember(page);
        var shares = ReadAnswer.Shares([.. page.Select(slice => Cost(slice) + 1)], limit);
        var body = new StringBuilder();
        for (var index = 0; index < page.Count; index++) body.Append(Slice(page[index], shares[index] - 1)).Append('\n');
        var next = answer.First + page.Count;
        var more = next < answer.Slices.Count;
        var text = Header(page.Count, answer.Reason(_cut || more), _step) + ambiguous + "\n" + body.ToString().TrimEnd('\n');
        return more ? text + "\ncursor: " + answer.CursorAt(next, 0) : text;
    }

    private string Header(int shown, string? reason, string step) => string.Create(CultureInfo.InvariantCulture,
        $"read {answer.TargetWords} · shown {shown:N0} of {answer.Slices.Count:N0} slice{(answer.Slices.Count == 1 ? "" : "s")} · {(reason is null ? "complete" : "partial: " + reason)}{(answer.HasChanged ? " · changed" : "")}{(step.Length > 0 ? $" · step: {step}" : "")} · {answer.Call.SnapshotWords()}");

    private string Ambiguous()
    {
        var many = answer.Slices.Where(slice => slice.Target?.Symbol is not null).GroupBy(slice => slice.Asked).Where(group => group.Count() > 1 && !group.Key.StartsWith('@')).ToArray();
        if (many.Length == 0) return "";
        var names = many.Take(3).Select(group => $"{TextAnswer.Cut(NameEscaping.Escape(group.Key), 60)} names {group.Count()} declarations, all shown");
        return "\nambiguous: " + string.Join(", ", names) + (many.Length > 3 ? $" and {many.Length - 3} more" : "");
    }

    // At most an eighth of the answer for what is not here.
    private string Frames() => string.Concat(answer.Traces.Select(TraceFrames.Line).OfType<string>().Select(line => "\n" + TextAnswer.Cut(line, (int)Math.Min(2_000, answer.Call.Size.Limit / 8 / answer.Traces.Count))));

    // Bytes of a slice shown in full, without its last line break.
    private long Cost(ReadSlice slice)
    {
        if (slice.Error is { } error) return AnswerSize.Bytes(Failure(slice, error, int.MaxValue));
        if (answer.View != "source") return AnswerSize.Bytes(SymbolsHeading(slice)) + 1 + AnswerSize.Bytes(SymbolsText(slice, FullStep));
        if (slice.Target!.Columns is { } columns) return Math.Min(int.MaxValue, 3L * columns.Count) + Bounds(slice);
        return AnswerSize.Bytes(Heading(slice, slice.Range)) + 1 + slice.FullCost() + TextAnswer.BytesOf(Trail(slice));
    }

    // What a slice needs to be shown at all: heading, a little of its text, and where the rest is.
    private static long Least(ReadSlice slice) => slice.Error is not null ? LeastBody + MaxName : AnswerSize.Bytes(SymbolsHeading(slice)) + Bounds(slice);

    private static long Bounds(ReadSlice slice) => LeastBody + AnswerSize.Bytes(NameEscaping.Escape(slice.Path.Value)) * 2;

    private string Slice(ReadSlice slice, long bytes)
    {
        if (slice.Error is { } error) return Failure(slice, error, bytes);
        if (answer.View != "source") return Symbols(slice, bytes);
        if (slice.Target!.Columns is { } columns) return Part(slice, columns, bytes);
        if (slice.Range.Count == 0) return Heading(slice, slice.Range) + "\n(empty file)";
        if (Cost(slice) <= bytes) return string.Join('\n', [Heading(slice, slice.Range), slice.Numbered(slice.Range, long.MaxValue)!.Value.Text, .. Trail(slice)]);
        _cut = true;
        return slice.IsWholeFile || (slice.IsWholeSymbol && slice.Symbol!.IsType) ? Shortened(slice, bytes) : FirstLines(slice, bytes);
    }

    private static string Failure(ReadSlice slice, ContextException error, long bytes)
    {
        var name = "== " + TextAnswer.Cut(NameEscaping.Escape(slice.Asked), MaxName) + "\n";
        var line = ToolErrors.Line(error);
        for (var width = line.Length; AnswerSize.Bytes(name) + AnswerSize.Bytes(line) > bytes && width > 40;) line = TextAnswer.Cut(line, width = width * 3 / 4);
        return name + line;
    }

    private string FirstLines(ReadSlice slice, long bytes)
    {
        var room = bytes - AnswerSize.Bytes(Heading(slice, slice.Range)) - AnswerSize.Bytes(Rest(slice, slice.Range.End)) - 2;
        if (slice.Numbered(slice.Range, room) is not { } lines) return Part(slice, new(1, int.MaxValue), bytes);
        return Heading(slice, lines.Shown) + "\n" + lines.Text + (lines.Shown.End < slice.Range.End ? "\n" + Rest(slice, lines.Shown.End + 1) : "");
    }

    // The outline gets at most half of the room, the first lines what is left.
    private string Shortened(ReadSlice slice, long bytes)
    {
        _step = "outline and first lines";
        if (slice.Outline.Symbols.IsEmpty) return FirstLines(slice, bytes);
        var title = $"\noutline ({slice.Outline.Provider}{(slice.Outline.Partial is { } partial ? ", partial: " + partial : "")}):\n";
        var outline = "";
        foreach (var step in (ReadOnlySpan<OutlineStep>)[OutlineStep.Signatures, OutlineStep.Names, OutlineStep.Counts])
        {
            outline = title + SymbolsText(slice, step);
            if (AnswerSize.Bytes(outline) <= bytes / 2) return FirstLines(slice, bytes - AnswerSize.Bytes(outline)) + outline;
        }
        var first = FirstLines(slice, bytes);
        return AnswerSize.Bytes(first) + AnswerSize.Bytes(outline) <= bytes ? first + outline : first;
    }

    // A part of the first line, and where the rest of it and the lines behind it are.
    private string Part(ReadSlice slice, LineRange columns, long bytes)
    {
        var line = slice.Range.Start;
        var below = line < slice.Range.End ? "\n" + Rest(slice, line + 1) : "";
        var path = NameEscaping.Escape(slice.Path.Value);
        var width = (int)Math.Clamp(bytes, 1, columns.Count);
        while (true)
        {
            var (text, shown, length) = slice.Text.LinePart(line, new(columns.Start, (int)Math.Min(int.MaxValue, (long)columns.Start + width - 1)));
            var last = Math.Min(columns.End, length);
            var rest = shown.End < last ? string.Create(CultureInfo.InvariantCulture, $"\nrest: {path}:{line}:{shown.End + 1}-{last}") : "";
            var part = string.Create(CultureInfo.InvariantCulture, $"== {path}:{line}:{shown} of {length:N0} columns\n{line}\t{text}{rest}{below}");
            if (AnswerSize.Bytes(part) <= bytes || width <= 8)
            {
                _cut |= rest.Length > 0 || below.Length > 0;
                return part;
            }
            width = (int)Math.Clamp(width * Math.Max(1, bytes - AnswerSize.Bytes(part) + AnswerSize.Bytes(text)) / Math.Max(1, AnswerSize.Bytes(text)), 8, width - 1);
        }
    }

    private OutlineStep FullStep => answer.View == "signature" ? OutlineStep.Signatures : OutlineStep.Full;

    private string SymbolsText(ReadSlice slice, OutlineStep step) =>
        step == OutlineStep.Counts ? OutlineText.Counts(slice.Outline) : OutlineText.Of(answer.SymbolsOf(slice), step, slice.Outline.Provider) is { Length: > 0 } text ? text : "(no symbols)";

    private string Symbols(ReadSlice slice, long bytes)
    {
        var heading = SymbolsHeading(slice) + "\n";
        foreach (var step in (ReadOnlySpan<OutlineStep>)[FullStep, OutlineStep.Signatures, OutlineStep.Names])
        {
            var text = SymbolsText(slice, step);
            if (AnswerSize.Bytes(text) + AnswerSize.Bytes(heading) > bytes) continue;
            if (step != FullStep) _step = OutlineText.Word(step);
            return heading + text;
        }
        _cut = true;
        _step = OutlineText.Word(OutlineStep.Counts);
        var counts = heading + SymbolsText(slice, OutlineStep.Counts);
        var next = $"\nnext: map(path: {TextAnswer.Quoted(slice.IsWholeSymbol ? $"{slice.Path.Value}#{slice.Symbol!.Path}" : slice.Path.Value)}, view: \"outline\") pages through them";
        return AnswerSize.Bytes(counts) + AnswerSize.Bytes(next) <= bytes ? counts + next : counts;
    }

    private static string SymbolsHeading(ReadSlice slice) => Heading(slice, slice.Range) + $" · {slice.Outline.Provider}{(slice.Outline.Partial is { } partial ? ", partial: " + partial : "")}";

    private static string Heading(ReadSlice slice, LineRange shown)
    {
        var text = new StringBuilder("== ");
        text.Append(NameEscaping.Escape(slice.Text is WholeText || shown.Count < 4_000 ? slice.HandleOf(shown).ToString() : $"{slice.Path.Value}:{shown}"));
        text.Append(CultureInfo.InvariantCulture, $" of {slice.Text.LineCount:N0} lines");
        if (slice.Symbol is { } symbol && !slice.IsWholeFile) text.Append(CultureInfo.InvariantCulture, $" · {(slice.IsWholeSymbol ? "" : "in ")}{NameEscaping.Escape(symbol.Path)} [{symbol.Kind} {symbol.Range}]");
        foreach (var note in Notes(slice)) text.Append(" · ").Append(note);
        return text.ToString();
    }

    private static IEnumerable<string> Notes(ReadSlice slice)
    {
        if (slice.Target!.Moved is { } moved) yield return $"changed: {NameEscaping.Escape(moved.From.ToString())} moved here, found by {moved.Reason.ToString().ToLowerInvariant()}";
        if (slice.Target.Frame is { } frame) yield return NameEscaping.Escape(frame);
        if (slice.Text.Revision is { } revision) yield return "at " + revision;
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
        if (slice.Usage is { } usage) yield return Used(usage);
        if (symbol.Doc.Length > 0 && symbol.DocStart < symbol.Range.Start) yield return $"doc: {TextAnswer.Cut(NameEscaping.Escape(symbol.Doc), 200)}";
    }

    private static string Used(SymbolUsage usage) => usage.IsExact
        ? string.Create(CultureInfo.InvariantCulture, $"used: {usage.Count:N0} site{(usage.Count == 1 ? "" : "s")} in {usage.Files:N0} file{(usage.Files == 1 ? "" : "s")}, {usage.InTests:N0} of them tests · exact")
        : string.Create(CultureInfo.InvariantCulture, $"used: the name stands in {usage.Count:N0} line{(usage.Count == 1 ? "" : "s")} of {usage.Files:N0} file{(usage.Files == 1 ? "" : "s")}, {usage.InTests:N0} of them tests · not bound: refs tells which mean it");

    private static string Rest(ReadSlice slice, int from) => string.Create(CultureInfo.InvariantCulture, $"rest: {NameEscaping.Escape(slice.Path.Value)}:{from}-{slice.Range.End}");
}
