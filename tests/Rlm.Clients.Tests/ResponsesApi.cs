using System.Text.Json.Nodes;

namespace Rlm.Clients.Tests;

/// <summary>The wire format of OpenAI's <c>/v1/responses</c>, with the tool namespaces that Codex uses.</summary>
internal sealed class ResponsesApi : IModelApi
{
    public bool Serves(string path) => path.EndsWith("/responses", StringComparison.Ordinal);

    public bool Streams(string path, JsonObject request) => request["stream"]?.GetValue<bool>() == true;

    public bool OffersTools(JsonObject request) => Offered(request).Any();

    public int ToolCalls(JsonObject request) => Items(request, "function_call").Count();

    public IEnumerable<(string Id, string Text)> ToolResults(JsonObject request) =>
        Items(request, "function_call_output").Select(item => (item["call_id"]!.GetValue<string>(), Text(item["output"])));

    public ModelReply Reply(JsonObject request, Turn turn, int id, bool streamed)
    {
        var item = Item(request, turn, id);
        var response = new JsonObject
        {
            ["id"] = $"resp_{id}",
            ["object"] = "response",
            ["created_at"] = 1,
            ["model"] = request["model"]?.DeepClone(),
            ["status"] = "completed",
            ["output"] = new JsonArray(item.DeepClone()),
            ["usage"] = new JsonObject
            {
                ["input_tokens"] = 10,
                ["input_tokens_details"] = new JsonObject { ["cached_tokens"] = 0 },
                ["output_tokens"] = 5,
                ["output_tokens_details"] = new JsonObject { ["reasoning_tokens"] = 0 },
                ["total_tokens"] = 15,
            },
        };
        return streamed ? ModelReply.Events(Events(response, item)) : ModelReply.Json(response);
    }

    private static JsonObject Item(JsonObject request, Turn turn, int id)
    {
        if (turn.Tool is null)
            return new()
            {
                ["type"] = "message",
                ["id"] = $"m_{id}",
                ["role"] = "assistant",
                ["status"] = "completed",
                ["content"] = new JsonArray(new JsonObject { ["type"] = "output_text", ["text"] = turn.Text, ["annotations"] = new JsonArray() }),
            };
        var (name, space) = Offered(request).FirstOrDefault(tool => tool.Name.EndsWith(turn.Tool, StringComparison.Ordinal));
        var call = new JsonObject { ["type"] = "function_call", ["id"] = $"fc_{id}", ["call_id"] = $"call_{id}", ["name"] = name ?? turn.Tool, ["arguments"] = turn.Input!.ToJsonString(), ["status"] = "completed" };
        if (space is not null) call["namespace"] = space;
        return call;
    }

    private static List<JsonObject> Events(JsonObject response, JsonObject item)
    {
        var opening = response.DeepClone().AsObject();
        opening["status"] = "in_progress";
        opening["output"] = new JsonArray();
        opening["usage"] = null;
        var events = new List<JsonObject>
        {
            new() { ["type"] = "response.created", ["response"] = opening },
            new() { ["type"] = "response.output_item.added", ["output_index"] = 0, ["item"] = item.DeepClone() },
            new() { ["type"] = "response.output_item.done", ["output_index"] = 0, ["item"] = item.DeepClone() },
            new() { ["type"] = "response.completed", ["response"] = response.DeepClone() },
        };
        if (item["type"]!.GetValue<string>() == "message")
            events.Insert(2, new() { ["type"] = "response.output_text.delta", ["item_id"] = item["id"]!.DeepClone(), ["output_index"] = 0, ["content_index"] = 0, ["delta"] = item["content"]![0]!["text"]!.DeepClone() });
        for (var i = 0; i < events.Count; i++) events[i]["sequence_number"] = i;
        return events;
    }

    private static IEnumerable<(string Name, string? Space)> Offered(JsonObject request) =>
        (request["tools"] as JsonArray ?? []).OfType<JsonObject>().SelectMany(Flat).Where(tool => tool.Name.Length > 0);

    private static IEnumerable<(string Name, string? Space)> Flat(JsonObject tool) => tool["type"]?.GetValue<string>() == "namespace"
        ? (tool["tools"] as JsonArray ?? []).Select(inner => (inner!["name"]?.GetValue<string>() ?? "", tool["name"]?.GetValue<string>()))
        : [(tool["name"]?.GetValue<string>() ?? "", null)];

    private static IEnumerable<JsonObject> Items(JsonObject request, string type) =>
        (request["input"] as JsonArray ?? []).OfType<JsonObject>().Where(item => item["type"]?.GetValue<string>() == type);

    private static string Text(JsonNode? output) => output switch
    {
        JsonArray parts => string.Concat(parts.Select(part => part!["text"]?.GetValue<string>())),
        JsonValue value => value.GetValue<string>(),
        _ => "",
    };
}
