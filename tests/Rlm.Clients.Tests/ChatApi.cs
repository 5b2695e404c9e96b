using System.Text.Json.Nodes;

namespace Rlm.Clients.Tests;

/// <summary>The wire format of OpenAI's <c>/v1/chat/completions</c>, which many providers speak.</summary>
internal sealed class ChatApi : IModelApi
{
    public bool Serves(string path) => path.EndsWith("/chat/completions", StringComparison.Ordinal);

    public bool Streams(string path, JsonObject request) => request["stream"]?.GetValue<bool>() == true;

    public bool OffersTools(JsonObject request) => Offered(request).Any();

    public int ToolCalls(JsonObject request) => Messages(request).Sum(message => (message["tool_calls"] as JsonArray)?.Count ?? 0);

    public IEnumerable<(string Id, string Text)> ToolResults(JsonObject request) =>
        Messages(request).Where(message => message["role"]?.GetValue<string>() == "tool").Select(message => (message["tool_call_id"]!.GetValue<string>(), Text(message["content"])));

    public ModelReply Reply(JsonObject request, Turn turn, int id, bool streamed)
    {
        var message = new JsonObject { ["role"] = "assistant", ["content"] = turn.Text };
        if (turn.Tool is not null)
            message["tool_calls"] = new JsonArray(new JsonObject
            {
                ["index"] = 0,
                ["id"] = $"call_{id}",
                ["type"] = "function",
                ["function"] = new JsonObject { ["name"] = turn.NameIn(Offered(request)), ["arguments"] = turn.Input!.ToJsonString() },
            });
        var reason = turn.Tool is null ? "stop" : "tool_calls";
        if (!streamed) return ModelReply.Json(Frame(request, id, "chat.completion", new() { ["index"] = 0, ["message"] = message, ["finish_reason"] = reason }, usage: true));
        JsonObject[] chunks =
        [
            Frame(request, id, "chat.completion.chunk", new() { ["index"] = 0, ["delta"] = message, ["finish_reason"] = null }, usage: false),
            Frame(request, id, "chat.completion.chunk", new() { ["index"] = 0, ["delta"] = new JsonObject(), ["finish_reason"] = reason }, usage: false),
            Frame(request, id, "chat.completion.chunk", choice: null, usage: true),
        ];
        return ModelReply.Data([.. chunks.Select(chunk => chunk.ToJsonString()), "[DONE]"]);
    }

    private static JsonObject Frame(JsonObject request, int id, string kind, JsonObject? choice, bool usage)
    {
        var frame = new JsonObject { ["id"] = $"chat_{id}", ["object"] = kind, ["created"] = 1, ["model"] = request["model"]?.DeepClone(), ["choices"] = choice is null ? new JsonArray() : new JsonArray(choice) };
        if (usage) frame["usage"] = new JsonObject { ["prompt_tokens"] = 10, ["completion_tokens"] = 5, ["total_tokens"] = 15 };
        return frame;
    }

    private static IEnumerable<string> Offered(JsonObject request) => (request["tools"] as JsonArray ?? []).Select(tool => tool!["function"]?["name"]?.GetValue<string>()).OfType<string>();

    private static IEnumerable<JsonObject> Messages(JsonObject request) => (request["messages"] as JsonArray ?? []).OfType<JsonObject>();

    private static string Text(JsonNode? content) => content switch
    {
        JsonArray parts => string.Concat(parts.Select(part => part!["text"]?.GetValue<string>())),
        JsonValue value => value.GetValue<string>(),
        _ => "",
    };
}
