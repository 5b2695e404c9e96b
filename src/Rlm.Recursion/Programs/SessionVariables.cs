using System.Text.Json;
using System.Text.Json.Nodes;
using Rlm.Recursion.Storage;
using Rlm.Recursion.Trajectories;

namespace Rlm.Recursion.Programs;

/// <summary>How the plain variables of a session stand on disk: one line of sealed JSON, <c>{"values":{…},"lost":[…]}</c>. Texts in it are redacted like everything that is written.</summary>
internal static class SessionVariables
{
    private static readonly JsonSerializerOptions Deep = new() { MaxDepth = 256 };

    /// <summary>The bytes to keep.</summary>
    public static byte[] Write(JsonObject values, IReadOnlyList<string> lost, Redactor redactor)
    {
        var file = new JsonObject { ["values"] = Redacted(values, redactor), ["lost"] = new JsonArray([.. lost.Select(name => (JsonNode)name)]) };
        return [.. SealedJson.Seal(JsonSerializer.SerializeToUtf8Bytes(file, Deep)), (byte)'\n'];
    }

    /// <summary>What was kept; null when there is nothing, or it is broken.</summary>
    public static (JsonObject Values, IReadOnlyList<string> Lost)? Read(byte[]? file)
    {
        if (file is null || !SealedJson.TryOpen(file.AsSpan().TrimEnd((byte)'\n'), out var json)) return null;
        var node = JsonNode.Parse(json, null, new JsonDocumentOptions { MaxDepth = 256 }) as JsonObject;
        return node?["values"] is JsonObject values && node["lost"] is JsonArray lost ? (values.DeepClone().AsObject(), [.. lost.Select(name => name!.GetValue<string>())]) : null;
    }

    private static JsonNode? Redacted(JsonNode? node, Redactor redactor) => node switch
    {
        JsonObject map => new JsonObject(map.Select(pair => KeyValuePair.Create(pair.Key, Redacted(pair.Value, redactor)))),
        JsonArray list => new JsonArray([.. list.Select(item => Redacted(item, redactor))]),
        JsonValue value when value.TryGetValue<string>(out var text) => redactor.Redact(text),
        _ => node?.DeepClone(),
    };
}
