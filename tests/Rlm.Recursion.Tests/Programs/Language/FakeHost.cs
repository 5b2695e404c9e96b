using System.Text.Json.Nodes;
using Rlm.Recursion.Programs.Language;

namespace Rlm.Recursion.Tests.Programs.Language;

/// <summary>A host with a few functions: <c>echo</c> gives its arguments back, <c>rows</c> a long list in pages, <c>fail</c> an error, <c>sets.*</c> named sets.</summary>
internal sealed class FakeHost : IProgramHost
{
    private readonly Dictionary<string, JsonNode?> _sets = [];

    public List<string> Calls { get; } = [];

    public int Page { get; init; } = 10;

    public JsonNode? Call(string name, IReadOnlyList<JsonNode?> arguments, IReadOnlyDictionary<string, JsonNode?> named)
    {
        Calls.Add(name);
        switch (name)
        {
            case "echo":
                return new JsonObject { ["args"] = new JsonArray([.. arguments.Select(node => node?.DeepClone())]), ["kwargs"] = new JsonObject(named.Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone()))) };
            case "rows":
                return Rows(0, (int)arguments[0]!, arguments.Count > 1);
            case "more":
                return Rows((int)arguments[0]!["from"]!, (int)arguments[0]!["of"]!, (bool)arguments[0]!["known"]!);
            case "fail":
                throw new HostCallException((string)arguments[0]!, "no such file");
            case "help":
                return "the manual";
            case "sets.get":
                return _sets.TryGetValue((string)arguments[0]!, out var found) ? found!.DeepClone() : throw new HostCallException("KeyError", "no such set");
            case "sets.put":
                _sets[(string)arguments[0]!] = arguments[1]!.DeepClone();
                return null;
            case "sets.list":
                return new JsonArray([.. _sets.Keys.Select(key => (JsonNode?)key)]);
            default:
                return null;
        }
    }

    private JsonObject Rows(int from, int of, bool known)
    {
        var end = Math.Min(of, from + Page);
        return new JsonObject
        {
            ["$rows"] = new JsonArray([.. Enumerable.Range(from, end - from).Select(row => (JsonNode?)new JsonObject { ["n"] = row })]),
            ["$more"] = end < of ? new JsonObject { ["from"] = end, ["of"] = of, ["known"] = known } : null,
            ["$total"] = known ? of : null,
        };
    }
}
