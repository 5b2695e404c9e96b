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
        return KeptSet.Save(_call.Store, name, items, total);
    }

    private void Load(IReadOnlyList<FileOutline> files) => ContextWork.ForEach(files.Count, _call.Context.Progress, "outlining", _call.Cancellation, index => files[index].Load());

    // Text

    private ToolAnswer Text()
    {
        var from = Math.Min(_call.PlaceNumber(), _files.Count);
        var room = _call.Size.Limit - 600;
        var step = from > 0 ? OutlineStep.Counts : ChooseStep(room);
        var answer = new TextAnswer(_call.Size, 600);
        var at = from;
        for (; at < _files.Count; at++)
            if (!answer.TryAdd(Block(_files[at], step)) && !answer.TryAdd(Block(_files[at], OutlineStep.Counts))) break;
        var done = at == _files.Count;
        var missing = _files.Skip(from).Take(at - from).Count(file => file.Fault is not null || file.Partial is not null);
        var reason = missing > 0 ? $"{missing:N0} files outlined in part" : done ? null : "budget";
        var header = string.Create(CultureInfo.InvariantCulture,
            $"map outline {NameEscaping.Escape(_subject.Shown)} · shown {at - from:N0} of {_files.Count:N0} files · {(reason is null ? "complete" : "partial: " + reason)}{(step == OutlineStep.Full ? "" : $" · step: {OutlineText.Word(step)}")} · {_call.SnapshotWords()}");
        return new(answer.Finish(header, Closing(done, at, step)), missing > 0);
    }

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

    private static string Block(FileOutline file, OutlineStep step)
    {
        file.Load();
        var path = NameEscaping.Escape(file.Path.Value);
        if (file.Fault is not null) return $"{path} · {file.Fault}";
        var heading = string.Create(CultureInfo.InvariantCulture, $"{path} · {file.LineCount:N0} lines · {file.Provider}{(file.Partial is { } partial ? ", partial: " + partial : "")}");
        if (step == OutlineStep.Counts) return $"{heading} · {OutlineText.Counts(new Outline(file.Provider, file.Symbols))}";
        var symbols = OutlineText.Of(file.Symbols, step, file.Provider, indent: 1);
        return symbols.Length == 0 ? heading + " · no symbols" : heading + "\n" + symbols;
    }

    private IEnumerable<string> Closing(bool done, int at, OutlineStep step)
    {
        if (TextAnswer.Losses(_subject.Scope.Losses) is { } losses) yield return losses;
        if (_kept is not null) yield return _kept.Line();
        if (_files.Count == 0) yield return TextAnswer.Skipped(_call.Snapshot) ?? "skipped: nothing";
        if (step == OutlineStep.Counts && _files.Count > 1) yield return $"next: map(path: \"{_files[Math.Min(at, _files.Count) - 1].Path.Value}\", view: \"outline\")";
        if (!done) yield return "cursor: " + _call.CursorAt(at.ToString(CultureInfo.InvariantCulture));
    }

    // JSON: whole symbols in file order; a parent that goes on in the next page is repeated there with its remaining children.

    private ToolAnswer Json()
    {
        var (fileAt, symbolAt) = Place();
        var page = new OutlinePage(_call.Size.IsUnlimited ? long.MaxValue : _call.Size.Limit - 500);
        if (_call.Size.IsUnlimited) Load(_files);
        for (; fileAt < _files.Count; fileAt++, symbolAt = 0)
        {
            _files[fileAt].Load();
            symbolAt = page.Add(_files[fileAt], symbolAt);
            if (symbolAt >= 0) break;
        }
        var done = fileAt >= _files.Count;
        var missing = page.PartialFiles;
        var result = new JsonObject
        {
            ["path"] = _subject.Folder.Value,
            ["view"] = "outline",
            ["version"] = _call.Snapshot.Version,
            ["files"] = page.Files,
            ["shown"] = page.Files.Count,
            ["total"] = _files.Count,
            ["complete"] = done && missing == 0,
        };
        if (missing > 0) result["reason"] = $"{missing} files outlined in part";
        else if (!done) result["reason"] = "budget";
        result["skipped"] = JsonParts.Skipped(_call.Snapshot);
        if (_kept is not null) result["set"] = _kept.Json();
        if (!done) result["cursor"] = _call.CursorAt(string.Create(CultureInfo.InvariantCulture, $"{fileAt}:{symbolAt}"));
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
