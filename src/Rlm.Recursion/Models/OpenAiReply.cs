using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Rlm.Recursion.Models;

/// <summary>Reads a reply of Chat Completions. What is not of the expected type is a fault, or missing where it is not needed; nothing is guessed.</summary>
internal static class OpenAiReply
{
    /// <summary>The reply's first choice with its usage.</summary>
    /// <exception cref="ModelFaultException"><see cref="ModelFaultKind.Broken"/>.</exception>
    public static ChatResponse Read(JsonElement reply)
    {
        if (Member(reply, "choices", JsonValueKind.Array) is not { } choices || choices.GetArrayLength() == 0) throw Broken("has no choices");
        var choice = choices[0];
        if (Member(choice, "message", JsonValueKind.Object) is not { } message) throw Broken("has no message");
        var contents = new List<AIContent>();
        if ((Text(message, "content") ?? Text(message, "refusal")) is { Length: > 0 } text) contents.Add(new TextContent(text));
        if (Member(message, "tool_calls", JsonValueKind.Array) is { } calls)
            foreach (var call in calls.EnumerateArray()) contents.Add(Call(call, contents.Count));
        return new(new ChatMessage(ChatRole.Assistant, contents)) { FinishReason = Finish(choice), Usage = Usage(reply), ModelId = Text(reply, "model") };
    }

    /// <summary>The fault for a reply that cannot be used.</summary>
    public static ModelFaultException Broken(string what) => new(ModelFaultKind.Broken, $"The reply {what}.") { MayHaveCost = true };

    private static FunctionCallContent Call(JsonElement call, int index)
    {
        if (Member(call, "function", JsonValueKind.Object) is not { } function || Text(function, "name") is not { Length: > 0 } name) throw Broken("has a tool call without a name");
        // Some servers give no id, or arguments as an object instead of its text.
        var id = Text(call, "id") is { Length: > 0 } given ? given : $"call-{index}";
        if (Member(function, "arguments", JsonValueKind.Object) is { } plain) return new(id, name, Arguments(plain));
        var arguments = Text(function, "arguments");
        if (string.IsNullOrWhiteSpace(arguments)) return new(id, name, new Dictionary<string, object?>());
        try
        {
            using var parsed = JsonDocument.Parse(arguments);
            if (parsed.RootElement.ValueKind == JsonValueKind.Object) return new(id, name, Arguments(parsed.RootElement));
        }
        catch (JsonException)
        {
            // Reported to the model by the one who runs the tool, so that it can mend it.
        }
        return new(id, name, null) { Exception = new JsonException("the arguments are no JSON object") };
    }

    private static Dictionary<string, object?> Arguments(JsonElement json)
    {
        var arguments = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var member in json.EnumerateObject()) arguments[member.Name] = member.Value.Clone();
        return arguments;
    }

    private static UsageDetails? Usage(JsonElement reply)
    {
        if (Member(reply, "usage", JsonValueKind.Object) is not { } usage) return null;
        var cached = Member(usage, "prompt_tokens_details", JsonValueKind.Object) is { } details ? Number(details, "cached_tokens") : null;
        return new() { InputTokenCount = Number(usage, "prompt_tokens"), OutputTokenCount = Number(usage, "completion_tokens"), CachedInputTokenCount = cached };
    }

    private static ChatFinishReason? Finish(JsonElement choice) => Text(choice, "finish_reason") switch
    {
        "stop" => ChatFinishReason.Stop,
        "length" => ChatFinishReason.Length,
        "tool_calls" => ChatFinishReason.ToolCalls,
        "content_filter" => ChatFinishReason.ContentFilter,
        { Length: > 0 } other => new ChatFinishReason(other),
        _ => null,
    };

    private static JsonElement? Member(JsonElement json, string name, JsonValueKind kind) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var member) && member.ValueKind == kind ? member : null;

    private static string? Text(JsonElement json, string name) => Member(json, name, JsonValueKind.String)?.GetString();

    private static long? Number(JsonElement json, string name) => Member(json, name, JsonValueKind.Number) is { } number && number.TryGetInt64(out var value) ? value : null;
}
