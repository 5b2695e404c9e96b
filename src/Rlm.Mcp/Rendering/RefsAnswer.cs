using System.Globalization;
using System.Text.Json.Nodes;
using Rlm.Context.Files;
using Rlm.Context.Outlines;
using Rlm.Context.Relations;
using Rlm.Context.Scopes;
using Rlm.Context.Slices;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Rendering;

/// <summary>The answer of <c>refs</c>: counts by certainty and role first, then the sites grouped by file and enclosing symbol.</summary>
internal sealed class RefsAnswer
{
    private const int NamedSymbols = 5, NamedTargets = 3;

    private readonly ToolCall _call;
    private readonly RelationQuery _query;
    private readonly RelationResult _result;
    private readonly RefsPage _page;
    private readonly KeptSet? _kept;
    private readonly int _first;

    public RefsAnswer(ToolCall call, RelationQuery query, RefsResults results)
    {
        (_call, _query) = (call, query);
        var setName = CommonParameters.SetName(call.Arguments);
        _result = Result(results);
        _page = new(call, _result);
        _first = Place();
        if (setName is not null && call.Place is null) _kept = Keep(setName, _page.Items());
    }

    // A set holds lines: several sites of one are one item.
    private KeptSet Keep(string name, IReadOnlyList<SetItem> items) => KeptSet.Save(_call, name, items, items.Count < SetStore.MaxItems ? items.Count : _result.Total);

    public ToolAnswer Render() => _call.Context.Json ? Json() : Text();

    private RelationResult Result(RefsResults results)
    {
        if (_call.Within is not null) return Seen(RelationSearch.Run(_call.Store, _call.Snapshot, _query, _call.Cancellation));
        var key = _call.CursorAt("");
        if (_call.Place is not null && results.Find(key) is { } known) return known;
        var result = RelationSearch.Run(_call.Store, _call.Snapshot, _query, _call.Cancellation);
        if (result.IsCut) results.Keep(key, result);
        return result;
    }

    // The number of the site to begin with, and how many sites there were: a list that was cut by its deadline may have become another one.
    private int Place()
    {
        if (_call.Place is not { } place) return 0;
        var parts = place.Split(':');
        if (parts.Length != 2 || !int.TryParse(parts[0], CultureInfo.InvariantCulture, out var at) || !int.TryParse(parts[1], CultureInfo.InvariantCulture, out var sites) || at < 0) throw ToolCall.BadPlace();
        return sites == _result.Sites.Count ? at : throw new ToolException(ErrorCodes.StaleCursor, "the deadline had cut that list, and more of it is known now", "Ask again without the cursor, or with a longer deadline.");
    }

    // A session learns of no declaration outside its scope.
    private RelationResult Seen(RelationResult result) => _call.Within is null ? result : result with
    {
        Subjects = [.. result.Subjects.Select(subject => subject with { Declared = Seen(subject.Declared), Namesakes = 0 })],
        Sites = [.. result.Sites.Select(site => site.Targets.Count == 0 ? site : site with { Targets = Seen(site.Targets), TargetCount = Seen(site.Targets).Length })],
    };

    private FoundSymbol[] Seen(IReadOnlyList<FoundSymbol> symbols) => [.. symbols.Where(symbol => _call.Sees(symbol.Path, symbol.Symbol.Range))];

    private bool IsPartial => _result.IsCut || _result.Notes.Any(note => note.Contains("could not be read", StringComparison.Ordinal));

    private string? Reason(bool isDone) => _result.IsCut ? "deadline" : IsPartial ? "files unread" : _page.Changed > 0 ? "files changed meanwhile" : isDone ? null : "budget";

    private ToolAnswer Text()
    {
        var closing = Closing().ToArray();
        string[] opening = [Counts(), .. Subjects()];
        var answer = new TextAnswer(_call.Size, AnswerSize.Bytes(Header(_result.Total, "files changed meanwhile", isShortened: true)) + TextAnswer.BytesOf(closing) + LongestCursor().Length + 10);
        foreach (var line in opening.Where((line, at) => at == 0 || _call.Place is null)) answer.TryAdd(line);
        int shown = 0, next = _first;
        var isShortened = false;
        var isFull = false;
        ShownSite? last = null;
        foreach (var (behind, site) in _page.From(_first))
        {
            var block = Block(site, last, LongLine.TextWidth);
            if (!answer.TryAdd(block))
            {
                if (isFull = shown > 0) break;
                isShortened = true;
                answer.Force(Block(site, last, (int)Math.Clamp(answer.Left - AnswerSize.Bytes(Block(site, last, 0)), 0, LongLine.TextWidth) / 3));
            }
            (last, next, shown) = (site, behind, shown + 1);
        }
        var reason = Reason(!isFull);
        return new(answer.Finish(Header(shown, reason, isShortened), isFull ? closing.Append("cursor: " + CursorAt(next)) : closing), IsPartial);
    }

    private string Header(int shown, string? reason, bool isShortened) => string.Create(CultureInfo.InvariantCulture,
        $"refs {RelationWord} of {TextAnswer.Cut(NameEscaping.Escape(string.Join(", ", _query.Symbols)), 100)}{(_call.Arguments.Text("in") is { } scope ? " in " + TextAnswer.Cut(NameEscaping.Escape(scope), 80) : "")} · shown {shown:N0} of {_result.Total:N0} site{(_result.Total == 1 ? "" : "s")} in {Files:N0} file{(Files == 1 ? "" : "s")} · {(reason is null ? "complete" : "partial: " + reason)}{(isShortened ? " · step: first site shortened" : "")} · {_call.SnapshotWords()}");

    private string RelationWord => _query.Relation.ToString().ToLowerInvariant() + (_query.Depth > 1 ? $", depth {_query.Depth}" : "");

    private int Files => _result.Sites.Select(site => site.Path).Concat(_result.Unread.Select(file => file.File.Path)).Distinct().Count();

    private string Counts()
    {
        var kinds = Kinds().Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Key} {kind.Value:N0}"));
        var certainties = Enum.GetValues<Certainty>().Select(certainty => string.Create(CultureInfo.InvariantCulture, $"{Word(certainty)} {_result.Count(certainty):N0}"));
        return $"counts: {string.Join(", ", certainties)}{(_result.Total > 0 ? " · " + string.Join(", ", kinds) : "")}";
    }

    private IEnumerable<KeyValuePair<string, int>> Kinds()
    {
        var kinds = _result.Sites.GroupBy(site => site.Kind).ToDictionary(group => group.Key, group => group.Count());
        if (_result.UnreadLines > 0) kinds[SiteKinds.Unknown] = kinds.GetValueOrDefault(SiteKinds.Unknown) + _result.UnreadLines;
        return kinds.OrderByDescending(kind => kind.Value).ThenBy(kind => kind.Key, StringComparer.Ordinal);
    }

    private IEnumerable<string> Subjects()
    {
        foreach (var subject in _result.Subjects)
        {
            if (subject.Declared.Count == 0) yield return $"symbol: {Undeclared(subject)}";
            foreach (var symbol in subject.Declared.Take(NamedSymbols)) yield return $"symbol: {NameEscaping.Escape(symbol.FullPath)} [{symbol.Symbol.Kind} {symbol.Symbol.Range}]";
            if (subject.Declared.Count > NamedSymbols) yield return string.Create(CultureInfo.InvariantCulture, $"symbol: and {subject.Declared.Count - NamedSymbols:N0} more declarations; search(pattern: {TextAnswer.Quoted(subject.Name)}, mode: \"symbol\") lists them");
            if (Math.Max(subject.Namesakes, subject.Declared.Count) is > 1 and var all && _query.Relation is not (Relation.Callees or Relation.Base) && _result.Sites.Any(site => site.Certainty is not Certainty.Exact))
                yield return string.Create(CultureInfo.InvariantCulture, $"namesakes: {all:N0} declarations are called {Name(subject)}; by syntax their uses cannot be told apart, so all that are not exact are listed");
        }
    }

    // What was asked may name a type that only inherits the member, or none: others of the name are said to be there.
    private string Undeclared(RelationSubject subject)
    {
        if (subject.Note is { } note) return $"{Name(subject)} has declarations that are not listed: {NameEscaping.Escape(note)}";
        var others = Math.Max(subject.Namesakes, _result.Sites.Count(site => site.Kind == SiteKinds.Declaration && site.Name == subject.Name));
        var called = others == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({others:N0} that {(others == 1 ? "is" : "are")} called {Name(subject)}: search(pattern: {TextAnswer.Quoted(subject.Name)}, mode: \"symbol\"))");
        return $"{TextAnswer.Cut(NameEscaping.Escape(subject.Asked), 100)} is declared nowhere here{called}; uses are of the name {Name(subject)}";
    }

    private static string Name(RelationSubject subject) => TextAnswer.Cut(NameEscaping.Escape(subject.Name), 100);

    private static string Block(ShownSite site, ShownSite? last, int width)
    {
        var isSameFile = last is not null && last.Site.Path == site.Site.Path && last.Site.Depth == site.Site.Depth;
        var isSameGroup = isSameFile && last!.Enclosing?.Path == site.Enclosing?.Path && last.Site.Kind == site.Site.Kind && last.Site.Certainty == site.Site.Certainty && last.Site.Via == site.Site.Via && site.Site.TargetCount < 0;
        var text = isSameFile ? "" : $"{NameEscaping.Escape(site.Site.Path.Value)}{(site.Site.Depth > 1 ? $" (depth {site.Site.Depth})" : "")}\n";
        if (!isSameGroup) text += Heading(site) + "\n";
        // A line that holds several sites of a group is shown once.
        if (isSameGroup && last!.Site.Line == site.Site.Line) return string.Create(CultureInfo.InvariantCulture, $" also column {site.Site.Column}");
        return text + string.Create(CultureInfo.InvariantCulture, $"{site.Site.Line}\t{(width == 0 ? "" : LongLine.Around(site.Text, site.Site.Column, site.Site.Name.Length, width))}");
    }

    private static string Heading(ShownSite site)
    {
        var place = site.Enclosing is { } symbol ? $" in {NameEscaping.Escape(symbol.Path)} [{symbol.Kind} {symbol.Range}]" : " in no symbol";
        return $"{place} · {site.Site.Kind} · {Word(site.Site.Certainty)}{(site.Site.Via is { } via ? $" via {NameEscaping.Escape(via)}" : "")}{TargetWords(site.Site)}";
    }

    private static string TargetWords(RelationSite site) => site.TargetCount switch
    {
        < 0 => "",
        0 => $" · {NameEscaping.Escape(site.Name)} is declared nowhere here",
        var count => $" · {string.Join(", ", site.Targets.Take(NamedTargets).Select(target => NameEscaping.Escape(target.FullPath)))}{(count > NamedTargets ? string.Create(CultureInfo.InvariantCulture, $" and {count - NamedTargets:N0} more") : "")}",
    };

    private static string Word(Certainty certainty) => certainty.ToString().ToLowerInvariant();

    private IEnumerable<string> Closing()
    {
        foreach (var note in _result.Notes.Distinct().Take(5)) yield return "note: " + note;
        if (_result.Unread.Count(file => !file.File.IsLarge) is > 0 and var unread) yield return string.Create(CultureInfo.InvariantCulture, $"not read as code in time: {unread:N0} file{(unread == 1 ? "" : "s")}; their lines with the name are listed last as text. deadline: {Longer()} reads on");
        if (_result.Unread.Count(file => file.File.IsLarge) is > 0 and var large) yield return string.Create(CultureInfo.InvariantCulture, $"too large to be read as code: {large:N0} file{(large == 1 ? "" : "s")}; their lines with the name are listed last as text");
        if (_result.FilesUnseen > 0) yield return string.Create(CultureInfo.InvariantCulture, $"not looked at in time: {_result.FilesUnseen:N0} files that may hold the name. deadline: {Longer()} goes on");
        if (_result.StepsLeft > 0) yield return string.Create(CultureInfo.InvariantCulture, $"not followed in time: {_result.StepsLeft:N0} names or sites");
        if (_result.Others > 0) yield return string.Create(CultureInfo.InvariantCulture, $"left out: {_result.Others:N0} site{(_result.Others == 1 ? "" : "s")} of the name that the compiler binds to other symbols");
        if (_result.Mentions > 0) yield return string.Create(CultureInfo.InvariantCulture, $"mentions: {_result.Mentions:N0} line{(_result.Mentions == 1 ? "" : "s")} in comments, strings or prose, not listed; search(pattern: {TextAnswer.Quoted(_result.Subjects[0].Name)}, mode: \"word\") has them");
        if (_result.Total == 0) yield return string.Create(CultureInfo.InvariantCulture, $"covered: {_query.Scope.Files.Length:N0} files, {_query.Scope.Bytes:N0} bytes");
        if (TextAnswer.Losses(_query.Scope.Losses) is { } losses) yield return losses;
        if (_kept is not null) yield return _kept.Line();
        if (TextAnswer.Skipped(_call.Snapshot) is { } skipped) yield return skipped;
    }

    private int Longer() => (int)Math.Min(60, Math.Max(5, _query.Deadline.TotalSeconds * 5));

    private string CursorAt(int at) => _call.CursorAt(string.Create(CultureInfo.InvariantCulture, $"{at}:{_result.Sites.Count}"));

    private string LongestCursor() => CursorAt(9_999_999) + "12345678";

    private ToolAnswer Json()
    {
        var frame = Frame();
        var left = JsonParts.Room(_call.Size, frame, LongestCursor() + "files changed meanwhile");
        var sites = new JsonArray();
        var handles = new List<(Handle, string)>();
        var next = _first;
        var isFull = false;
        foreach (var (behind, site) in _page.From(_first))
        {
            var item = Site(site);
            if (!_call.Size.IsUnlimited && JsonOutput.Size(item) + 1 > left)
            {
                if (isFull = sites.Count > 0) break;
                JsonParts.Shorten(item, left);
            }
            if (!_call.Size.IsUnlimited) left -= JsonOutput.Size(item) + 1;
            sites.Add(item);
            if (site.Enclosing is { } symbol) handles.Add((site.Handle, symbol.Path));
            next = behind;
        }
        _call.Store.Journal.Remember(handles);
        var reason = Reason(!isFull);
        (frame["shown"], frame["complete"]) = (sites.Count, reason is null);
        if (reason is not null) frame["reason"] = reason;
        frame["sites"] = sites;
        if (isFull) frame["cursor"] = CursorAt(next);
        return new(frame.ToJsonString(JsonOutput.Options), IsPartial);
    }

    private JsonObject Frame()
    {
        var counts = new JsonObject();
        foreach (var certainty in Enum.GetValues<Certainty>()) counts[Word(certainty)] = _result.Count(certainty);
        var frame = new JsonObject { ["symbols"] = SymbolsJson(), ["relation"] = _query.Relation.ToString().ToLowerInvariant(), ["counts"] = counts };
        if (_result.Total > 0) frame["kinds"] = new JsonObject(Kinds().Select(kind => KeyValuePair.Create(kind.Key, (JsonNode?)kind.Value)));
        frame["total"] = _result.Total;
        _call.AddVersion(frame);
        if (_result.Mentions > 0) frame["mentions"] = _result.Mentions;
        if (_result.Unread.Count > 0) frame["filesUnread"] = _result.Unread.Count;
        if (_result.FilesUnseen > 0) frame["filesUnseen"] = _result.FilesUnseen;
        if (_result.Others > 0) frame["others"] = _result.Others;
        if (_result.StepsLeft > 0) frame["stepsLeft"] = _result.StepsLeft;
        if (_result.Notes.Count > 0) frame["notes"] = new JsonArray([.. _result.Notes.Distinct().Take(5).Select(note => (JsonNode)note)]);
        if (_result.Total == 0) frame["covered"] = new JsonObject { ["files"] = _query.Scope.Files.Length, ["bytes"] = _query.Scope.Bytes };
        if (_kept is not null) frame["set"] = _kept.Json();
        if (!_query.Scope.Losses.None) frame["losses"] = JsonParts.Losses(_query.Scope.Losses);
        return frame;
    }

    private JsonArray SymbolsJson()
    {
        var symbols = new JsonArray();
        foreach (var subject in _result.Subjects)
        {
            var most = _call.Size.IsUnlimited ? int.MaxValue : NamedSymbols;
            if (subject.Declared.Count == 0) symbols.Add(new JsonObject { ["query"] = subject.Asked, ["path"] = null, ["kind"] = null, ["handle"] = null, ["name"] = subject.Name });
            foreach (var symbol in subject.Declared.Take(most))
                symbols.Add(new JsonObject { ["query"] = subject.Asked, ["path"] = symbol.FullPath, ["kind"] = symbol.Symbol.Kind, ["handle"] = HandleOf(symbol), ["name"] = subject.Name, ["namesakes"] = Math.Max(subject.Namesakes, subject.Declared.Count) });
        }
        return symbols;
    }

    private string? HandleOf(FoundSymbol symbol)
    {
        try
        {
            var text = _call.Store.Open(symbol.Path, _call.Cancellation);
            return symbol.Symbol.Range.End <= text.LineCount ? Handle.Of(symbol.Path, symbol.Symbol.Range, text.Lines(symbol.Symbol.Range)).ToString() : null;
        }
        catch (Rlm.Context.ContextException)
        {
            return null;
        }
    }

    private static JsonObject Site(ShownSite shown)
    {
        var site = shown.Site;
        var (text, cut) = LongLine.Json(shown.Text);
        var item = new JsonObject
        {
            ["path"] = site.Path.Value, ["line"] = site.Line, ["column"] = site.Column, ["text"] = text, ["enclosing"] = shown.Enclosing is { } symbol ? $"{site.Path.Value}#{symbol.Path}" : null,
            ["kind"] = site.Kind, ["certainty"] = Word(site.Certainty), ["depth"] = site.Depth, ["name"] = site.Name, ["handle"] = shown.Handle.ToString(),
        };
        if (site.Via is { } via) item["via"] = via;
        if (site.TargetCount >= 0)
        {
            item["targets"] = new JsonArray([.. site.Targets.Take(NamedTargets).Select(target => (JsonNode)target.FullPath)]);
            item["targetCount"] = site.TargetCount;
        }
        if (cut) item["cut"] = true;
        return item;
    }
}
