using System.Text.Json.Nodes;
using Rlm.Context;
using Rlm.Mcp.Rendering;
using Rlm.Mcp.Tools;
using Rlm.Recursion;
using Rlm.Recursion.Context;
using Rlm.Recursion.Programs;

namespace Rlm.Mcp.Sessions.Functions;

/// <summary>What programs call over the store: the tools that clients call, as functions whose results are lists and dicts of the tools' JSON fields.</summary>
internal sealed class StoreFunctions(Func<ContextStore> store, IReadOnlyList<ITool> tools)
{
    private const int LongestText = 16 << 20, MostNotes = 20;

    /// <summary>All of them, in the order of <c>help()</c>.</summary>
    public IReadOnlyList<ProgramFunction> All()
    {
        var sets = new SetFunctions(store);
        return
        [
            new("files(in_=None)", "rows {'path','kind','bytes','lines','tokens','language'} of all covered files", Files),
            new("search(pattern, mode='literal', in_=None, case=None, context=None, limit=None)", "modes literal, regex, word, symbol, ranked; rows {'path','line','text','symbol','kind','handle',…}; ranked: {'handle','path','start','end','symbol','score','snippet'}", Search),
            new("read(target, unit=None, view=None, rev=None)", "the text of a path, path:10-42, handle, symbol or row; of a list of these a list of texts", Read),
            new("outline(path, in_=None)", "top-level symbols {'path','name','kind','signature','start','end','doc','children','file'} of a file or folder", Outline),
            new("refs(symbols, relation='references', depth=None, in_=None, deadline=None)", "rows {'path','line','text','enclosing','kind','certainty','depth'}; relations: callers, callees, implementations, overrides, tests…", Refs),
            new("history(target=None, view=None, since=None, in_=None, limit=None)", "commits, or the rows of view blame, churn, cochange, diff and show (changed symbols and files)", History),
            new("sets.get(name)", "", sets.Get),
            new("sets.put(name, items)", "", sets.Put),
            new("sets.list()", "", sets.List),
        ];
    }

    private ProgramValue Files(ContextScope scope, JsonObject arguments, CancellationToken cancellationToken)
    {
        var answer = ToolJson.Call(Tool("map"), scope, Renamed(arguments, ("view", "tree")), cancellationToken);
        var rows = ToolRows.Taken(answer["entries"]!.AsArray()).Where(entry => (string?)entry!["kind"] == "file").ToList();
        return ProgramValue.OfRows(rows, rows.Count) with { Note = ToolRows.NoteOf(answer) };
    }

    private ProgramValue Search(ContextScope scope, JsonObject arguments, CancellationToken cancellationToken)
    {
        int? limit = null;
        if (arguments["limit"] is { } given)
            limit = given is JsonValue value && value.TryGetValue<int>(out var number) && number >= 1 ? number : throw new RecursionException("bad_argument", "limit must be a whole number from 1", "Leave it out for all.");
        var isRanked = (string?)arguments["mode"] == "ranked";
        var found = new ToolRows(Tool("search"), scope, Renamed(arguments), isRanked ? "hits" : "matches").Begin(limit, cancellationToken);
        return isRanked && limit > found.Total && limit > RankedAnswer.MaxRegions ? found with { Note = Joined(found.Note, $"limit {limit:N0}, but mode ranked gives the best {RankedAnswer.MaxRegions} regions at most") } : found;
    }

    private ProgramValue Read(ContextScope scope, JsonObject arguments, CancellationToken cancellationToken)
    {
        var asked = Renamed(arguments);
        asked.Remove("target");
        var notes = new List<string>();
        if (arguments["target"] is not JsonArray targets) return ProgramValue.Of(Text(scope, arguments["target"], asked, notes, cancellationToken)) with { RowNotes = notes };
        return ProgramValue.OfRows(targets.Select(target => (JsonNode?)Text(scope, target, asked, notes, cancellationToken)), targets.Count) with { RowNotes = notes };
    }

    // Beside a slice of the tool stands what a text alone would hide.
    private static IEnumerable<string> NotesOf(JsonObject slice)
    {
        if ((string?)slice["encoding"] is { } encoding) yield return $"{slice["path"]} was decoded from {encoding}";
        if (slice["moved"] is JsonObject moved) yield return $"{moved["from"]} is {moved["to"]} now (by {moved["why"]})";
        if (slice["changed"] is not null) yield return $"{slice["path"]} changed while it was read";
    }

    private string Text(ContextScope scope, JsonNode? target, JsonObject asked, List<string> notes, CancellationToken cancellationToken)
    {
        var text = new System.Text.StringBuilder();
        for (var rest = Target(target); rest is not null;)
        {
            var arguments = asked.DeepClone().AsObject();
            arguments["targets"] = new JsonArray(rest);
            var answer = ToolJson.Call(Tool("read"), scope, arguments, cancellationToken);
            rest = null;
            foreach (var slice in answer["slices"]!.AsArray())
            {
                if (slice!["error"] is JsonObject error) throw ToolJson.Fault(error);
                notes.AddRange(NotesOf(slice.AsObject()).Where(note => notes.Count < MostNotes && !notes.Contains(note)));
                text.Append((string?)slice["text"] ?? (slice["signatures"] ?? slice["signature"] ?? slice["symbols"])?.ToJsonString());
                if ((string?)slice["rest"] is { } more) rest = more;
            }
            if (text.Length > LongestText) throw new RecursionException("out_of_range", $"asked a text of more than {LongestText:N0} characters", "Read lines of it: path:1-1000.");
        }
        return text.ToString();
    }

    /// <summary>A target from a text, or from a row that has a handle or a path.</summary>
    public static string Target(JsonNode? target) => target switch
    {
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        JsonObject row when (row["handle"] ?? row["path"]) is JsonValue value && value.TryGetValue<string>(out var text) => text,
        _ => throw new RecursionException("bad_argument", "a target is a str, or a row with a handle or path", "For example read('src/A.cs:1-20') or read(hit)."),
    };

    private ProgramValue Outline(ContextScope scope, JsonObject arguments, CancellationToken cancellationToken)
    {
        var asked = Renamed(arguments, ("view", "outline"));
        if (asked["path"] is JsonObject row) asked["path"] = Target(row);
        var answer = ToolJson.Call(Tool("map"), scope, asked, cancellationToken);
        var rows = new List<JsonNode?>();
        foreach (var file in answer["files"]!.AsArray())
            foreach (var symbol in ToolRows.Taken(file!["symbols"] as JsonArray))
            {
                var top = symbol!.AsObject();
                top["file"] = (string?)file["path"];
                rows.Add(top);
            }
        return ProgramValue.OfRows(rows, rows.Count) with { Note = ToolRows.NoteOf(answer) };
    }

    private ProgramValue Refs(ContextScope scope, JsonObject arguments, CancellationToken cancellationToken)
    {
        var asked = Renamed(arguments);
        asked["symbols"] = arguments["symbols"] is JsonArray many ? new JsonArray([.. many.Select(symbol => (JsonNode)SymbolOf(symbol))]) : SymbolOf(arguments["symbols"]);
        var answer = ToolJson.Call(Tool("refs"), scope, asked, cancellationToken);
        var rows = ToolRows.Taken(answer["sites"]!.AsArray());
        return ProgramValue.OfRows(rows, rows.Count) with { Note = ToolRows.NoteOf(answer) };
    }

    // A search hit stands for the symbol around it.
    private static string SymbolOf(JsonNode? symbol) => symbol is JsonObject row && row["symbol"] is JsonValue value && value.TryGetValue<string>(out var text) ? text : Target(symbol);

    private ProgramValue History(ContextScope scope, JsonObject arguments, CancellationToken cancellationToken)
    {
        var answer = ToolJson.Call(Tool("history"), scope, Renamed(arguments), cancellationToken);
        var list = ((string[])["lines", "pairs", "changes", "commits"]).Select(name => answer[name] as JsonArray).FirstOrDefault(found => found is { Count: > 0 }) ?? [];
        var rows = ToolRows.Taken(list);
        return ProgramValue.OfRows(rows, rows.Count) with { Note = Joined([ToolRows.NoteOf(answer), .. (answer["notes"] as JsonArray ?? []).Select(note => (string?)note), rows.Count == 0 ? $"no rows for view {answer["view"]} of {answer["target"]}" : null]) };
    }

    private static string? Joined(params IEnumerable<string?> notes) => string.Join("; ", notes.Where(note => note is not null)) is { Length: > 0 } text ? text : null;

    // "in" is a word of Python's own.
    private static JsonObject Renamed(JsonObject arguments, params ReadOnlySpan<(string Name, string Value)> fixedOnes)
    {
        var renamed = new JsonObject(arguments.Select(pair => pair.Key == "in_" ? KeyValuePair.Create("in", Joined(pair.Value)) : KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())));
        foreach (var (name, value) in fixedOnes) renamed[name] = value;
        return renamed;
    }

    // A list of scopes or rows is what they cover together.
    private static JsonNode? Joined(JsonNode? scope) => scope is not JsonArray { Count: > 0 } list ? scope?.DeepClone()
        : string.Join(" | ", list.Select(item => item is JsonObject row ? $"\"{row["path"]}\"" : $"({item})").Distinct(StringComparer.Ordinal));

    private ITool Tool(string name) => tools.First(tool => tool.Definition.Name == name);
}
