using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Rlm.Recursion.Models;

/// <summary>Replies as they stand in a trajectory, complete enough to be given again: <c>{"text","calls":[{"id","name","arguments"}],"finish","input","output"}</c>, or <c>{"fault","message"}</c>.</summary>
internal static class ReplyText
{
    /// <summary>A reply as JSON.</summary>
    public static string Write(ChatResponse response)
    {
        var calls = response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().Select(Call).ToArray();
        var reply = new JsonObject { ["text"] = response.Text };
        if (calls.Length > 0) reply["calls"] = new JsonArray(calls);
        if (response.FinishReason is { } finish) reply["finish"] = finish.Value;
        if (response.Usage?.InputTokenCount is { } input) reply["input"] = input;
        if (response.Usage?.OutputTokenCount is { } output) reply["output"] = output;
        return reply.ToJsonString();
    }

    /// <summary>A fault as JSON.</summary>
    public static string Write(ModelFaultException fault) => new JsonObject { ["fault"] = fault.Kind.ToString(), ["message"] = fault.Message }.ToJsonString();

    /// <summary>Whether a recorded reply is a failure.</summary>
    public static bool IsFault(string text) => text.StartsWith("{\"fault\":", StringComparison.Ordinal);

    /// <summary>The reply of a trajectory.</summary>
    /// <exception cref="ModelFaultException">The recorded call had failed, or the record cannot be read.</exception>
    public static ChatResponse Read(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var reply = json.RootElement;
            if (reply.TryGetProperty("fault", out var kind))
                throw new ModelFaultException(Enum.TryParse<ModelFaultKind>(kind.GetString(), out var known) ? known : ModelFaultKind.Broken, reply.GetProperty("message").GetString() ?? "") { RetryAfter = TimeSpan.Zero };
            return Read(reply);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new ModelFaultException(ModelFaultKind.Broken, "The recorded reply cannot be read.", exception);
        }
    }

    private static ChatResponse Read(JsonElement reply)
    {
        var contents = new List<AIContent>();
        if (reply.GetProperty("text").GetString() is { Length: > 0 } said) contents.Add(new TextContent(said));
        if (reply.TryGetProperty("calls", out var calls)) contents.AddRange(calls.EnumerateArray().Select(Call));
        return new(new ChatMessage(ChatRole.Assistant, contents))
        {
            FinishReason = reply.TryGetProperty("finish", out var finish) ? new ChatFinishReason(finish.GetString()!) : null,
            Usage = new() { InputTokenCount = Number(reply, "input"), OutputTokenCount = Number(reply, "output") },
        };
    }

    private static long? Number(JsonElement reply, string name) => reply.TryGetProperty(name, out var number) ? number.GetInt64() : null;

    private static JsonNode Call(FunctionCallContent call) => new JsonObject
    {
        ["id"] = call.CallId,
        ["name"] = call.Name,
        ["arguments"] = call.Arguments is null ? null : JsonSerializer.SerializeToNode(call.Arguments),
    };

    private static FunctionCallContent Call(JsonElement call)
    {
        var (id, name, arguments) = (call.GetProperty("id").GetString()!, call.GetProperty("name").GetString()!, call.GetProperty("arguments"));
        return arguments.ValueKind == JsonValueKind.Object
            ? new(id, name, arguments.EnumerateObject().ToDictionary(member => member.Name, object? (member) => member.Value.Clone(), StringComparer.Ordinal))
            : new(id, name, null) { Exception = new JsonException("the arguments are no JSON object") };
    }
}
