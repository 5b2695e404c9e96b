using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Rlm.Recursion.Models;

/// <summary>A request of Chat Completions as JSON.</summary>
internal static class OpenAiRequest
{
    /// <summary>The request's bytes.</summary>
    public static BinaryData Write(string model, string limitName, IEnumerable<ChatMessage> messages, ChatOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("model", model);
            if (options.MaxOutputTokens is { } limit) json.WriteNumber(limitName, limit);
            if (options.Temperature is { } temperature) json.WriteNumber("temperature", temperature);
            json.WriteStartArray("messages");
            if (options.Instructions is { Length: > 0 } instructions) WriteText(json, "system", instructions);
            foreach (var message in messages) Write(json, message);
            json.WriteEndArray();
            if (options.Tools is { Count: > 0 } tools) Write(json, tools, options);
            json.WriteEndObject();
        }
        return new(buffer.WrittenMemory);
    }

    private static void Write(Utf8JsonWriter json, ChatMessage message)
    {
        foreach (var result in message.Contents.OfType<FunctionResultContent>()) Write(json, result);
        var calls = message.Contents.OfType<FunctionCallContent>().ToArray();
        if (calls.Length == 0)
        {
            if (message.Text.Length > 0 || !message.Contents.OfType<FunctionResultContent>().Any()) WriteText(json, message.Role.Value, message.Text);
            return;
        }
        json.WriteStartObject();
        json.WriteString("role", "assistant");
        if (message.Text.Length > 0) json.WriteString("content", message.Text);
        else json.WriteNull("content");
        json.WriteStartArray("tool_calls");
        foreach (var call in calls) Write(json, call);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string role, string text)
    {
        json.WriteStartObject();
        json.WriteString("role", role);
        json.WriteString("content", text);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, FunctionResultContent result)
    {
        json.WriteStartObject();
        json.WriteString("role", "tool");
        json.WriteString("tool_call_id", result.CallId);
        json.WriteString("content", result.Result as string ?? JsonSerializer.Serialize(result.Result));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, FunctionCallContent call)
    {
        json.WriteStartObject();
        json.WriteString("id", call.CallId);
        json.WriteString("type", "function");
        json.WriteStartObject("function");
        json.WriteString("name", call.Name);
        json.WriteString("arguments", call.Arguments is null ? "{}" : JsonSerializer.Serialize(call.Arguments));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, IList<AITool> tools, ChatOptions options)
    {
        json.WriteStartArray("tools");
        foreach (var tool in tools.OfType<AIFunctionDeclaration>())
        {
            json.WriteStartObject();
            json.WriteString("type", "function");
            json.WriteStartObject("function");
            json.WriteString("name", tool.Name);
            json.WriteString("description", tool.Description);
            json.WritePropertyName("parameters");
            tool.JsonSchema.WriteTo(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        WriteChoice(json, options);
    }

    private static void WriteChoice(Utf8JsonWriter json, ChatOptions options)
    {
        if (options.AllowMultipleToolCalls is { } several) json.WriteBoolean("parallel_tool_calls", several);
        switch (options.ToolMode)
        {
            case NoneChatToolMode:
                json.WriteString("tool_choice", "none");
                break;
            case RequiredChatToolMode { RequiredFunctionName: { } name }:
                json.WriteStartObject("tool_choice");
                json.WriteString("type", "function");
                json.WriteStartObject("function");
                json.WriteString("name", name);
                json.WriteEndObject();
                json.WriteEndObject();
                break;
            case RequiredChatToolMode:
                json.WriteString("tool_choice", "required");
                break;
        }
    }
}
