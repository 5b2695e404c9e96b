using System.Text.Json.Nodes;
using Rlm.Recursion.Context;

namespace Rlm.Recursion.Tests.Agent;

/// <summary>A context over files in memory. A layer of a scope is a list of path prefixes. It writes down every scope that it is asked with.</summary>
internal sealed class FakeFiles : ISessionContext
{
    private readonly SortedDictionary<string, string> _files = new(StringComparer.Ordinal);

    public FakeFiles(params (string Path, string Text)[] files)
    {
        foreach (var (path, text) in files) _files[path] = text;
        Tools =
        [
            new("map", "Shows folders.", JsonNode.Parse("""{"type":"object","properties":{"path":{"type":"string"}}}""")!.AsObject(), (scope, _, _) => Listed(scope)),
            new("read", "Reads files.", JsonNode.Parse("""{"type":"object","properties":{"targets":{"type":"array","items":{"type":"string"}}},"required":["targets"]}""")!.AsObject(), ReadTool),
            new("boom", "Fails.", [], (_, _, _) => throw new InvalidOperationException("/home/secret/path")),
        ];
    }

    public List<(string Tool, ContextScope Scope, string Arguments)> Asked { get; } = [];

    public string? Exact { get; init; }

    public IReadOnlyList<SessionTool> Tools { get; }

    public ScopeSize Size(ContextScope scope, CancellationToken cancellationToken) => new(In(scope).Count(), In(scope).Sum(path => (long)_files[path].Length), "v1");

    public UnitList Units(ContextScope scope, UnitKind per, CancellationToken cancellationToken) => new([.. In(scope).Select(path => new Unit(Handle(path), null, _files[path].Length))], new Dictionary<string, int>());

    public string? Read(ContextScope scope, Unit unit, CancellationToken cancellationToken) => In(scope).FirstOrDefault(path => Handle(path) == unit.Handle) is { } path ? _files[path] : null;

    public QuoteCheck Check(ContextScope scope, string handle, string quote, CancellationToken cancellationToken) =>
        In(scope).FirstOrDefault(path => Handle(path) == handle) is { } path && _files[path].Contains(quote, StringComparison.Ordinal) ? QuoteCheck.Exact : QuoteCheck.False;

    public (IReadOnlyList<Finding> Findings, Coverage Coverage) Rank(ContextScope scope, string question, int most, CancellationToken cancellationToken) => ([], new(0, 0, 0, 0));

    public string? AnswerExactly(ContextScope scope, string task, CancellationToken cancellationToken) => Exact;

    public static Citation Quote(ISessionContext context, ContextScope scope, string handle, string quote, CancellationToken cancellationToken) => new(handle, quote, context.Check(scope, handle, quote, cancellationToken));

    public static string Handle(string path) => $"{path}:1-9@0a0b0c0d";

    private IEnumerable<string> In(ContextScope scope) =>
        _files.Keys.Where(path => scope.Layers.All(layer => layer.Any(start => path.StartsWith(start.Split(':')[0], StringComparison.Ordinal))));

    private ToolOutcome Listed(ContextScope scope)
    {
        lock (Asked) Asked.Add(("map", scope, ""));
        return new(string.Join('\n', In(scope)), false, []);
    }

    private ToolOutcome ReadTool(ContextScope scope, JsonObject arguments, CancellationToken cancellationToken)
    {
        lock (Asked) Asked.Add(("read", scope, arguments.ToJsonString()));
        var wanted = arguments["targets"]!.AsArray().Select(target => target!.GetValue<string>()).ToList();
        var found = In(scope).Where(wanted.Contains).ToList();
        return found.Count == 0 ? new("out_of_scope: nothing of that. Use map.", true, []) : new(string.Join('\n', found.Select(path => _files[path])), false, [.. found.Select(Handle)]);
    }
}
