using System.Text.Json.Nodes;

namespace Rlm.Clients.Tests;

/// <summary>The wire format of Anthropic's <c>/v1/messages</c>.</summary>
internal sealed class AnthropicApi : IModelApi
{
    public bool Serves(string path) => path.EndsWith("/messages", StringComparison.Ordinal);

    public bool Streams(string path, JsonObject request) => request["stream"]?.GetValue<bool>() == true;

    public bool OffersTools(JsonObject request) => request["tools"] is JsonArray { Count: > 0 };

    public int ToolCalls(JsonObject request) => Blocks(request, "tool_use").Count();

    public IEnumerable<(string Id, string Text)> ToolResults(JsonObject request) =>
        Blocks(request, "tool_result").Select(block => (block["tool_use_id"]!.GetValue<string>(), Text(block["content"])));

    public ModelReply Reply(JsonObject request, Turn turn, int id, bool streamed)
    {
        var content = Content(request, turn, id);
        var stop = turn.Tool is null ? "end_turn" : "tool_use";
        var message = new JsonObject
        {
            ["id"] = $"msg_{id}",
            ["type"] = "message",
            ["role"] = "assistant",
            ["model"] = request["model"]?.DeepClone(),
            ["content"] = new JsonArray(content.DeepClone()),
            ["stop_reason"] = stop,
            ["stop_sequence"] = null,
            ["usage"] = new JsonObject { ["input_tokens"] = 10, ["output_tokens"] = 5 },
        };
        return streamed ? ModelReply.Events(Events(message, content, stop)) : ModelReply.Json(message);
    }

    private static JsonObject Content(JsonObject request, Turn turn, int id)
    {
        if (turn.Tool is null) return new() { ["type"] = "text", ["text"] = turn.Text };
        var offered = request["tools"]!.AsArray().Select(tool => tool!["name"]?.GetValue<string>()).OfType<string>();
        return new() { ["type"] = "tool_use", ["id"] = $"toolu_{id}", ["name"] = turn.NameIn(offered), ["input"] = turn.Input!.DeepClone() };
    }

    private static IEnumerable<JsonObject> Events(JsonObject message, JsonObject content, string stop)
    {
        var opening = message.DeepClone().AsObject();
        opening["content"] = new JsonArray();
        opening["stop_reason"] = null;
        yield return new() { ["type"] = "message_start", ["message"] = opening };
        var call = content["type"]!.GetValue<string>() == "tool_use";
        var block = content.DeepClone().AsObject();
        if (call) block["input"] = new JsonObject();
        else block["text"] = "";
        yield return new() { ["type"] = "content_block_start", ["index"] = 0, ["content_block"] = block };
        var delta = call
            ? new JsonObject { ["type"] = "input_json_delta", ["partial_json"] = content["input"]!.ToJsonString() }
            : new JsonObject { ["type"] = "text_delta", ["text"] = content["text"]!.DeepClone() };
        yield return new() { ["type"] = "content_block_delta", ["index"] = 0, ["delta"] = delta };
        yield return new() { ["type"] = "content_block_stop", ["index"] = 0 };
        yield return new() { ["type"] = "message_delta", ["delta"] = new JsonObject { ["stop_reason"] = stop, ["stop_sequence"] = null }, ["usage"] = new JsonObject { ["output_tokens"] = 5 } };
        yield return new() { ["type"] = "message_stop" };
    }

    private static IEnumerable<JsonObject> Blocks(JsonObject request, string type) =>
        (request["messages"] as JsonArray ?? []).Select(message => message!["content"]).OfType<JsonArray>().SelectMany(content => content).OfType<JsonObject>().Where(block => block["type"]?.GetValue<string>() == type);

    private static string Text(JsonNode? content) => content switch
    {
        JsonArray blocks => string.Concat(blocks.Select(block => block!["text"]?.GetValue<string>())),
        JsonValue value => value.GetValue<string>(),
        _ => "",
    };
}
