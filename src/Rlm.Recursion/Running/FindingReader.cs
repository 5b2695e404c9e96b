using System.Text.Json;
using System.Text.Json.Nodes;
using Rlm.Recursion.Context;

namespace Rlm.Recursion.Running;

/// <summary>
/// Reads findings that a model or a client's sub-agent hands in: <c>[{"unit":HANDLE,"value":…,"text":…,"citations":[{"handle","quote"}]}]</c>. Nothing in them is trusted: wrong types,
/// absurd lengths and endless lists are mistakes that are told, never cut in silence.
/// </summary>
internal static class FindingReader
{
    /// <summary>Findings in one submit.</summary>
    public const int MaxFindings = 1_000;

    private const int MaxCitations = 20, MaxHandle = 2_000, MaxText = 20_000;

    private static readonly JsonElement Nothing = JsonSerializer.SerializeToElement<object?>(null);

    /// <summary>The findings, their citations not checked yet.</summary>
    /// <param name="node">What was handed in; null for none.</param>
    /// <exception cref="RecursionException"><c>bad_argument</c>: which finding, and what is wrong with it.</exception>
    public static IReadOnlyList<Finding> Read(JsonNode? node)
    {
        if (node is null) return [];
        if (node is not JsonArray list) throw Bad("findings is not a list");
        if (list.Count > MaxFindings) throw Bad($"{list.Count} findings; at most {MaxFindings:N0} in one submit");
        return [.. list.Select((item, at) => One(item as JsonObject ?? throw Bad($"finding {at + 1} is not an object"), at + 1))];
    }

    private static Finding One(JsonObject item, int number)
    {
        var citations = Citations(item["citations"], number);
        var unit = Text(item, "unit", number, MaxHandle) ?? citations.FirstOrDefault()?.Handle ?? throw Bad($"finding {number} names neither unit nor citation");
        var value = item["value"] is { } given ? JsonSerializer.SerializeToElement(given) : Nothing;
        var text = Text(item, "text", number, MaxText) ?? (value.ValueKind == JsonValueKind.String ? value.GetString()! : value.ValueKind == JsonValueKind.Null ? "" : value.GetRawText());
        if (text.Length > MaxText) throw Bad($"value of finding {number} has {text.Length:N0} characters; at most {MaxText:N0}");
        return new(unit, Text(item, "symbol", number, MaxHandle), value, text, citations);
    }

    private static List<Citation> Citations(JsonNode? node, int number)
    {
        if (node is null) return [];
        if (node is not JsonArray list) throw Bad($"citations of finding {number} is not a list");
        if (list.Count > MaxCitations) throw Bad($"finding {number} has {list.Count} citations; at most {MaxCitations}");
        return [.. list.Select(entry => entry is JsonObject citation
            ? new Citation(Required(citation, "handle", number, MaxHandle), Required(citation, "quote", number, MaxText), QuoteCheck.False)
            : throw Bad($"a citation of finding {number} is not an object with handle and quote"))];
    }

    private static string Required(JsonObject item, string name, int number, int most) =>
        Text(item, name, number, most) ?? throw Bad($"a citation of finding {number} has no {name}");

    private static string? Text(JsonObject item, string name, int number, int most)
    {
        if (item[name] is not { } node) return null;
        if (node is not JsonValue value || !value.TryGetValue<string>(out var text)) throw Bad($"{name} of finding {number} is not a text");
        if (text.Length > most) throw Bad($"{name} of finding {number} has {text.Length:N0} characters; at most {most:N0}");
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    private static RecursionException Bad(string what) => new("bad_argument", what, "Submit again with findings as [{\"unit\":HANDLE,\"value\":…,\"text\":…,\"citations\":[{\"handle\",\"quote\"}]}].");
}
