using System.Globalization;
using System.Text.Json.Nodes;
using Rlm.Context;
using Rlm.Context.Files;
using Rlm.Context.Outlines;
using Rlm.Context.Scopes;
using Rlm.Context.Search;
using Rlm.Context.Slices;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Rendering;

/// <summary>Outlines of files, folders, sets or single symbols: the fullest step that fits, and page by page when not even numbers do.</summary>
internal sealed class OutlineAnswer
{
    private readonly ToolCall _call;
    private readonly MapSubject _subject;
    private readonly IReadOnlyList<FileOutline> _files;
    private readonly KeptSet? _kept;

    public OutlineAnswer(ToolCall call, MapSubject subject)
    {
        (_call, _subject) = (call, subject);
        _files = subject.Targets is { } targets ? OfTargets(targets) : [.. subject.Scope.Files.ToArray().Select(file => new FileOutline(call, file, subject.Scope))];
        if (CommonParameters.SetName(call.Arguments) is { } name && call.Place is null) _kept = KeepSymbols(name);
    }

    public ToolAnswer Render() => _call.Context.Json ? Json() : Text();

    private FileOutline[] OfTargets(IReadOnlyList<Target> targets) =>
        [.. targets.GroupBy(target => target.Text.Path).Select(group => new FileOutline(_call, group.First().Text, [.. group.SelectMany(SymbolsOf)]))];

    private IEnumerable<Symbol> SymbolsOf(Target target)
    {
        if (target.IsWholeFile) return _call.Store.OutlineOf(target.Text, _call.Cancellation).Symbols;
        var outline = _call.Store.OutlineOf(target.Text, _call.Cancellation);
        var symbol = target.Symbol ?? outline.Enclosing(target.Range.Start, candidate => candidate.Range.Contains(target.Range));
        if (symbol is null) return [];
        if (!symbol.IsMember || target.Text is not WholeText whole) return [symbol];
        return [symbol with { Children = [.. Outliner.LocalFunctions(target.Text.Language, whole.Text, symbol, _call.Cancellation)] }];
    }

    private KeptSet KeepSymbols(string name)
    {
        var items = new List<SetItem>();
        long total = 0;
        Load(_files);
        foreach (var file in _files)
            foreach (var symbol in file.All.Where(symbol => symbol.Kind != SymbolKinds.Namespace))
                if (++total <= SetStore.MaxItems) items.Add(new(file.Path, symbol.Range, symbol.Path, Handle.Of(file.Path, symbol.Range, file.Text!.Lines(symbol.Range)).ToString()) { Stamp = file.Text.Stamp, IsWholeSymbol = true });
        return KeptSet.Save(_call, name, items, total);
    }

    private void Load(IReadOnlyList<FileOutline> files)
    {
        var left = files.Where(file => file.File is not null).ToArray();
        var ahead = new OutlinesAhead(_call.Store, [.. left.Select(file => file.File!)], _call.Cancellation);
        ContextWork.ForEach(left.Length, _call.Context.Progress, "outlining", _call.Cancellation, index =>
        {
            ahead.At(index);
            left[index].Load();
        });
    }

    // Text

    private ToolAnswer Text()
    {
        var (from, symbol) = Place();
        var closing = Closing().ToArray();
        var room = _call.Size.Limit - AnswerSize.Bytes(Header(_files.Count, OutlineStep.Signatures, "9,999 files outlined in part")) - TextAnswer.BytesOf(closing) - 2;
        var step = _call.Place is not null ? OutlineStep.Counts : ChooseStep(room);
        if (step == OutlineStep.Counts && _files.Count == 1) return Names(symbol, closing);
        var answer = new TextAnswer(_call.Size, (int)(_call.Size.Limit - room) + (step == OutlineStep.Counts ? LongestCursor().Length + 9 : 0));
        var at = from;
        for (; at < _files.Count; at++)
        {
            if (answer.TryAdd(Block(_files[at], step))) continue;
            if (!answer.IsEmpty) break;
            answer.Force(Block(_files[at], step));
        }
        var done = at == _files.Count;
        var missing = _files.Skip(from).Take(at - from).Count(IsPartial);
        var reason = missing > 0 ? string.Create(CultureInfo.InvariantCulture, $"{missing:N0} files outlined in part") : done ? null : "budget";
        var text = answer.Finish(Header(at - from, step, reason), done ? closing : closing.Append("cursor: " + CursorAt(at, 0)));
        return new(step == OutlineStep.Counts && _files.Count > 1 ? WithNext(text, from, at) : text, missing > 0);
    }

    private static bool IsPartial(FileOutline file) => file.Fault is not null || file.Partial is not null;

    private string Header(int shown, OutlineStep step, string? reason) => string.Create(CultureInfo.InvariantCulture,
        $"map outline {TextAnswer.Cut(NameEscaping.Escape(_subject.Shown), 120)} · shown {shown:N0} of {_files.Count:N0} files · {(reason is null ? "complete" : "partial: " + reason)}{(step == OutlineStep.Full ? "" : $" · step: {OutlineText.Word(step)}")} · {_call.SnapshotWords()}");

    // The call that shows more of the largest file, before the cursor line, if there is room.
    private string WithNext(string text, int from, int at)
    {
        var largest = _files.Skip(from).Take(at - from).MaxBy(file => file.All.Count());
        if (largest is null) return text;
        var next = $"next: map(path: {TextAnswer.Quoted(largest.Path.Value)}, view: \"outline\")\n";
        if (AnswerSize.Bytes(text) + AnswerSize.Bytes(next) > _call.Size.Limit) return text;
        var cursor = text.LastIndexOf("\ncursor: ", StringComparison.Ordinal);
        return cursor < 0 ? text + "\n" + next.TrimEnd('\n') : text[..(cursor + 1)] + next + text[(cursor + 1)..];
    }

    // One file with more names than fit: page by page, each beginning with the parents of its first symbol.
    private ToolAnswer Names(int from, string[] closing)
    {
        var file = _files[0];
        file.Load();
        var all = OutlineText.Flat(file.Symbols).ToArray();
        from = Math.Min(from, all.Length);
        string Header(int shown, bool done) => string.Create(CultureInfo.InvariantCulture,
            $"map outline {TextAnswer.Cut(NameEscaping.Escape(_subject.Shown), 120)} · shown {shown:N0} of {all.Length:N0} symbols in 1 file · {(IsPartial(file) ? "partial: 1 file outlined in part" : done ? "complete" : "partial: budget")} · step: names · {_call.SnapshotWords()}");
        var answer = new TextAnswer(_call.Size, AnswerSize.Bytes(Header(all.Length, false)) + TextAnswer.BytesOf(closing) + LongestCursor().Length + 12);
        answer.Force(Heading(file) + (from > 0 ? " · continued" : ""));
        if (from < all.Length)
            foreach (var parent in OutlineText.Parents(all, from)) _ = answer.TryAdd(OutlineText.NameLine(all[parent], " …"));
        var at = from;
        for (; at < all.Length; at++)
        {
            if (answer.TryAdd(OutlineText.NameLine(all[at]))) continue;
            if (at > from) break;
            answer.Force(TextAnswer.Cut(OutlineText.NameLine(all[at]), (int)Math.Max(40, answer.Left / 3)));
        }
        var done = at == all.Length;
        return new(answer.Finish(Header(at - from, done), done ? closing : closing.Append("cursor: " + CursorAt(0, at))), IsPartial(file));
    }

    private string CursorAt(int file, int symbol) => _call.CursorAt(string.Create(CultureInfo.InvariantCulture, $"{file}:{symbol}"));

    private string LongestCursor() => CursorAt(999_999, 99_999) + "12345678";

    // The fullest step at which everything fits, judged by sizes first so that a huge folder is not outlined only to be counted.
    private OutlineStep ChooseStep(long room)
    {
        var source = _files.Sum(file => file.SourceBytes);
        foreach (var (step, share) in (ReadOnlySpan<(OutlineStep, int)>)[(OutlineStep.Full, 40), (OutlineStep.Signatures, 60), (OutlineStep.Names, 100)])
        {
            if (source / share > room) continue;
            Load(_files);
            if (_files.Sum(file => (long)AnswerSize.Bytes(Block(file, step)) + 1) <= room) return step;
        }
        return OutlineStep.Counts;
    }

    private static string Heading(FileOutline file) => string.Create(CultureInfo.InvariantCulture,
        $"{NameEscaping.Escape(file.Path.Value)} · {file.LineCount:N0} lines · {file.Provider}{(file.Partial is { } partial ? ", partial: " + partial : "")}");

    private static string Block(FileOutline file, OutlineStep step)
    {
        file.Load();
        if (file.Fault is not null) return $"{NameEscaping.Escape(file.Path.Value)} · {TextAnswer.Cut(file.Fault, 200)}";
        if (step == OutlineStep.Counts) return $"{Heading(file)} · {OutlineText.Counts(new Outline(file.Provider, file.Symbols))}";
        var symbols = OutlineText.Of(file.Symbols, step, file.Provider, indent: 1);
        return symbols.Length == 0 ? Heading(file) + " · no symbols" : Heading(file) + "\n" + symbols;
    }

    private IEnumerable<string> Closing()
    {
        if (TextAnswer.Losses(_subject.Scope.Losses) is { } losses) yield return losses;
        if (_kept is not null) yield return _kept.Line();
        if (_files.Count == 0) yield return TextAnswer.Skipped(_call.Snapshot) ?? "skipped: nothing";
    }

    // JSON: whole symbols in file order; a parent that goes on in the next page is repeated there with its remaining children.

    private ToolAnswer Json()
    {
        var (fileAt, symbolAt) = Place();
        var result = new JsonObject { ["path"] = _subject.Folder.Value, ["view"] = "outline", ["total"] = _files.Count, ["skipped"] = JsonParts.Skipped(_call.Snapshot) };
        _call.AddVersion(result);
        if (_kept is not null) result["set"] = _kept.Json();
        if (!_subject.Scope.Losses.None) result["losses"] = JsonParts.Losses(_subject.Scope.Losses);
        var page = new OutlinePage(JsonParts.Room(_call.Size, result, LongestCursor()));
        if (_call.Size.IsUnlimited) Load(_files);
        for (; fileAt < _files.Count; fileAt++, symbolAt = 0)
        {
            _files[fileAt].Load();
            symbolAt = page.Add(_files[fileAt], symbolAt);
            if (symbolAt >= 0) break;
        }
        var done = fileAt >= _files.Count;
        var missing = page.PartialFiles;
        result["files"] = page.Files;
        (result["shown"], result["complete"]) = (page.Files.Count, done && missing == 0);
        if (missing > 0) result["reason"] = $"{missing} files outlined in part";
        else if (!done) result["reason"] = "budget";
        if (!done) result["cursor"] = CursorAt(fileAt, symbolAt);
        return new(result.ToJsonString(JsonOutput.Options), missing > 0);
    }

    private (int File, int Symbol) Place()
    {
        if (_call.Place is null) return (0, 0);
        var parts = _call.Place.Split(':');
        return parts.Length == 2 && int.TryParse(parts[0], CultureInfo.InvariantCulture, out var file) && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var symbol) && file >= 0 && symbol >= 0
            ? (file, symbol) : throw ToolCall.BadPlace();
    }
}
