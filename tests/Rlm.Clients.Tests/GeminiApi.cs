using System.Text.Json.Nodes;

namespace Rlm.Clients.Tests;

/// <summary>The wire format of Google's <c>models/NAME:generateContent</c> and <c>:streamGenerateContent</c>.</summary>
internal sealed class GeminiApi : IModelApi
{
    private const string Whole = ":generateContent", Streamed = ":streamGenerateContent";

    public bool Serves(string path) => path.EndsWith(Whole, StringComparison.Ordinal) || path.EndsWith(Streamed, StringComparison.Ordinal);

    public bool Streams(string path, JsonObject request) => path.EndsWith(Streamed, StringComparison.Ordinal);

    public bool OffersTools(JsonObject request) => Offered(request).Any();

    public int ToolCalls(JsonObject request) => Parts(request, "functionCall").Count();

    public IEnumerable<(string Id, string Text)> ToolResults(JsonObject request) =>
        Parts(request, "functionResponse").Select((part, at) => (part["id"]?.GetValue<string>() ?? $"{part["name"]}#{at}", Text(part["response"])));

    public ModelReply Reply(JsonObject request, Turn turn, int id, bool streamed)
    {
        var part = turn.Tool is null
            ? new JsonObject { ["text"] = turn.Text }
            : new JsonObject { ["functionCall"] = new JsonObject { ["id"] = $"call_{id}", ["name"] = turn.NameIn(Offered(request)), ["args"] = turn.Input!.DeepClone() } };
        var response = new JsonObject
        {
            ["candidates"] = new JsonArray(new JsonObject { ["content"] = new JsonObject { ["role"] = "model", ["parts"] = new JsonArray(part) }, ["finishReason"] = "STOP", ["index"] = 0 }),
            ["usageMetadata"] = new JsonObject { ["promptTokenCount"] = 10, ["candidatesTokenCount"] = 5, ["totalTokenCount"] = 15 },
            ["modelVersion"] = "scripted",
        };
        return streamed ? ModelReply.Data([response.ToJsonString()]) : ModelReply.Json(response);
    }

    private static IEnumerable<string> Offered(JsonObject request) =>
        (request["tools"] as JsonArray ?? []).SelectMany(tool => tool!["functionDeclarations"] as JsonArray ?? []).Select(function => function!["name"]!.GetValue<string>());

    private static IEnumerable<JsonObject> Parts(JsonObject request, string kind) =>
        (request["contents"] as JsonArray ?? []).SelectMany(content => content!["parts"] as JsonArray ?? []).Select(part => part![kind]).OfType<JsonObject>();

    // Gemini CLI hands over the text as "output", the Agent Development Kit the MCP result as it is.
    private static string Text(JsonNode? response) => response switch
    {
        JsonObject result when result["content"] is JsonArray blocks => string.Concat(blocks.Select(block => block!["text"]?.GetValue<string>())),
        JsonObject result when result["output"] is JsonValue value => value.GetValue<string>(),
        _ => response?.ToJsonString() ?? "",
    };
}
