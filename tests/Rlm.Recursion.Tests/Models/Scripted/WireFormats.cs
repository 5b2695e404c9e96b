using System.Text;
using System.Text.Json.Nodes;

namespace Rlm.Scripted;

/// <summary>Scripted replies as the vendors would send them.</summary>
internal static class WireFormats
{
    public static string Body(ScriptedRequest request, ScriptedReply reply) => request.IsAnthropic
        ? request.IsStreaming ? AnthropicEvents(reply) : Anthropic(reply).ToJsonString()
        : request.IsStreaming ? OpenAiEvents(reply) : OpenAi(reply, "message").ToJsonString();

    private static JsonObject Anthropic(ScriptedReply reply)
    {
        var message = new JsonObject
        {
            ["id"] = "msg_1", ["type"] = "message", ["role"] = "assistant", ["model"] = "scripted", ["content"] = new JsonArray([.. Blocks(reply)]),
            ["stop_reason"] = Stop(reply), ["stop_sequence"] = null,
        };
        if (reply.InputTokens is { } input)
            message["usage"] = new JsonObject { ["input_tokens"] = input.DeepClone(), ["output_tokens"] = reply.OutputTokens?.DeepClone(), ["cache_read_input_tokens"] = reply.Cached.Read, ["cache_creation_input_tokens"] = reply.Cached.Written };
        return message;
    }

    private static IEnumerable<JsonNode> Blocks(ScriptedReply reply)
    {
        if (reply.Text.Length > 0) yield return new JsonObject { ["type"] = "text", ["text"] = reply.Text };
        foreach (var (index, call) in reply.Calls.Index())
            yield return new JsonObject { ["type"] = "tool_use", ["id"] = $"toolu_{index}", ["name"] = call.Name, ["input"] = call.Arguments.DeepClone() };
    }

    private static string Stop(ScriptedReply reply) => reply.Stop ?? (reply.Calls.Count > 0 ? "tool_use" : "end_turn");

    private static string AnthropicEvents(ScriptedReply reply)
    {
        var events = new StringBuilder();
        var whole = Anthropic(reply);
        var usage = whole["usage"]?.DeepClone() ?? new JsonObject { ["input_tokens"] = 1, ["output_tokens"] = 1 };
        whole["content"] = new JsonArray();
        whole["stop_reason"] = null;
        Event("message_start", new() { ["message"] = whole });
        foreach (var (index, block) in Blocks(reply).Index())
        {
            var isText = (string)block["type"]! == "text";
            var start = block.DeepClone();
            start[isText ? "text" : "input"] = isText ? "" : new JsonObject();
            JsonObject delta = isText ? new() { ["type"] = "text_delta", ["text"] = block["text"]!.DeepClone() } : new() { ["type"] = "input_json_delta", ["partial_json"] = block["input"]!.ToJsonString() };
            Event("content_block_start", new() { ["index"] = index, ["content_block"] = start });
            Event("content_block_delta", new() { ["index"] = index, ["delta"] = delta });
            Event("content_block_stop", new() { ["index"] = index });
        }
        Event("message_delta", new() { ["delta"] = new JsonObject { ["stop_reason"] = Stop(reply), ["stop_sequence"] = null }, ["usage"] = usage });
        Event("message_stop", []);
        return events.ToString();

        void Event(string type, JsonObject data)
        {
            data["type"] = type;
            events.Append("event: ").Append(type).Append("\ndata: ").Append(data.ToJsonString()).Append("\n\n");
        }
    }

    private static JsonObject OpenAi(ScriptedReply reply, string part)
    {
        var message = new JsonObject { ["role"] = "assistant", ["content"] = reply.Text.Length > 0 ? reply.Text : null };
        if (reply.Calls.Count > 0)
            message["tool_calls"] = new JsonArray([.. reply.Calls.Select((call, index) => (JsonNode)new JsonObject
            {
                ["index"] = index, ["id"] = $"call_{index}", ["type"] = "function", ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = call.Arguments.ToJsonString() },
            })]);
        var finish = reply.Stop switch { "max_tokens" => "length", null => reply.Calls.Count > 0 ? "tool_calls" : "stop", var other => other };
        var completion = new JsonObject
        {
            ["id"] = "chatcmpl-1", ["object"] = part == "delta" ? "chat.completion.chunk" : "chat.completion", ["created"] = 1, ["model"] = "scripted",
            ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, [part] = message, ["finish_reason"] = finish }),
        };
        if (reply.InputTokens is { } input) completion["usage"] = new JsonObject { ["prompt_tokens"] = input.DeepClone(), ["completion_tokens"] = reply.OutputTokens?.DeepClone() };
        return completion;
    }

    private static string OpenAiEvents(ScriptedReply reply) => $"data: {OpenAi(reply, "delta").ToJsonString()}\n\ndata: [DONE]\n\n";
}
