using System.Text.Json;
using System.Text.Json.Nodes;
using Rlm.Recursion.Storage;
using Rlm.Recursion.Trajectories;

namespace Rlm.Recursion.Programs;

/// <summary>How the plain variables of a session stand on disk: one line of sealed JSON, <c>{"values":{…},"lost":[…],"masked":[…]}</c>. Texts in it are redacted like everything that is written; which variables that changed is kept beside them.</summary>
internal static class SessionVariables
{
    private static readonly JsonSerializerOptions Deep = new() { MaxDepth = 256 };

    /// <summary>The bytes to keep.</summary>
    public static byte[] Write(JsonObject values, IReadOnlyList<string> lost, Redactor redactor)
    {
        var clean = new JsonObject(values.Select(pair => KeyValuePair.Create(pair.Key, Redacted(pair.Value, redactor))));
        var masked = values.Where(pair => !JsonNode.DeepEquals(pair.Value, clean[pair.Key])).Select(pair => pair.Key).ToList();
        var file = new JsonObject { ["values"] = clean, ["lost"] = Names(lost), ["masked"] = Names(masked) };
        return [.. SealedJson.Seal(JsonSerializer.SerializeToUtf8Bytes(file, Deep)), (byte)'\n'];
    }

    /// <summary>What was kept, the names of what was not, and of what came back with masked texts; null when there is nothing, or it is broken.</summary>
    public static (JsonObject Values, IReadOnlyList<string> Lost, IReadOnlyList<string> Masked)? Read(byte[]? file)
    {
        if (file is null || !SealedJson.TryOpen(file.AsSpan().TrimEnd((byte)'\n'), out var json)) return null;
        var node = JsonNode.Parse(json, null, new JsonDocumentOptions { MaxDepth = 256 }) as JsonObject;
        return node?["values"] is JsonObject values && node["lost"] is JsonArray lost ? (values.DeepClone().AsObject(), Names(lost), Names(node["masked"] as JsonArray ?? [])) : null;
    }

    private static JsonArray Names(IEnumerable<string> names) => [.. names.Select(name => (JsonNode)name)];

    private static IReadOnlyList<string> Names(JsonArray names) => [.. names.Select(name => name!.GetValue<string>())];

    private static JsonNode? Redacted(JsonNode? node, Redactor redactor) => node switch
    {
        JsonObject map => Redacted(map, redactor),
        JsonArray list => new JsonArray([.. list.Select(item => Redacted(item, redactor))]),
        JsonValue value when value.TryGetValue<string>(out var text) => redactor.Redact(text),
        _ => node?.DeepClone(),
    };

    // Two keys may look the same afterwards: the later one stands, as everything masked is only a trace of what was there.
    private static JsonObject Redacted(JsonObject map, Redactor redactor)
    {
        var clean = new JsonObject();
        foreach (var (key, item) in map) clean[redactor.Redact(key)] = Redacted(item, redactor);
        return clean;
    }
}
