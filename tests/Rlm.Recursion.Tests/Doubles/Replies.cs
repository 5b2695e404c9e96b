using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Rlm.Recursion.Tests.Doubles;

/// <summary>Replies of models.</summary>
public static class Replies
{
    /// <summary>A call of the tool <c>answer</c>.</summary>
    public static ChatResponse Submit(JsonObject arguments) => new(new ChatMessage(ChatRole.Assistant,
        [new FunctionCallContent("call", "answer", arguments.ToDictionary(pair => pair.Key, pair => (object?)JsonSerializer.SerializeToElement(pair.Value)))]));

    /// <summary>A call of the tool <c>answer</c> with arguments as they came over the wire.</summary>
    public static ChatResponse Raw(JsonElement arguments) => new(new ChatMessage(ChatRole.Assistant,
        [new FunctionCallContent("call", "answer", arguments.EnumerateObject().ToDictionary(pair => pair.Name, pair => (object?)pair.Value))]));

    /// <summary>Text alone.</summary>
    public static ChatResponse Prose(string text) => new(new ChatMessage(ChatRole.Assistant, text));

    /// <summary>One item for each unit of a call, true to it: the value is what <paramref name="value"/> gives, the quote its first line.</summary>
    public static ChatResponse Judged(ScriptedCall call, Func<ScriptedUnit, JsonNode?> value) => Items(call.Units.Select(unit => Item(unit, value(unit))));

    public static ChatResponse Items(IEnumerable<JsonObject> items) => Submit(new() { ["items"] = new JsonArray([.. items]) });

    public static JsonObject Item(ScriptedUnit unit, JsonNode? value, string? quote = null) => new()
    {
        ["unit"] = unit.Id,
        ["value"] = value,
        ["citations"] = new JsonArray(new JsonObject { ["handle"] = unit.Handle, ["quote"] = quote ?? unit.FirstLine }),
    };
}
