using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Rlm.Recursion.Budget;

namespace Rlm.Recursion.Models;

/// <summary>
/// The most that a call can cost. A tokenizer over bytes makes at most one token of each byte, so the UTF-8 bytes of everything sent bound the input, with an allowance
/// for what the vendors' own framing adds (a tool turn of Anthropic's adds up to 804 tokens by its documentation).
/// </summary>
internal static class WorstCase
{
    private const int PerRequest = 64, PerMessage = 16, PerTool = 64, ForTools = 1024;

    /// <summary>What a call would reserve.</summary>
    public static CallCost Of(Model model, IReadOnlyList<ChatMessage> messages, ChatOptions options)
    {
        var input = Bytes(messages, options) + model.FramingTokens;
        long output = Output(model, options);
        return new(1, input, output, model.Price is { } price ? price.Of(0, output) + (price.Of(input, 0) * Math.Max(1, model.CacheWritePart)) : 0);
    }

    /// <summary>The output limit of a call: the model's, or the lower one of the request.</summary>
    public static int Output(Model model, ChatOptions options) => Math.Clamp(options.MaxOutputTokens ?? model.OutputLimit, 1, model.OutputLimit);

    private static long Bytes(IReadOnlyList<ChatMessage> messages, ChatOptions options)
    {
        var bytes = PerRequest + Of(options.Instructions);
        foreach (var message in messages) bytes += PerMessage + message.Contents.Sum(content => PerMessage + Of(content));
        var tools = options.Tools ?? [];
        foreach (var tool in tools) bytes += PerTool + Of(tool.Name) + Of(tool.Description) + Of((tool as AIFunctionDeclaration)?.JsonSchema);
        if (tools.Count > 0) bytes += ForTools;
        if (options.ResponseFormat is ChatResponseFormatJson json) bytes += ForTools + Of(json.Schema) + Of(json.SchemaName) + Of(json.SchemaDescription);
        return bytes;
    }

    private static long Of(AIContent content) => content switch
    {
        TextContent text => Of(text.Text),
        FunctionCallContent call => Of(call.CallId) + Of(call.Name) + (call.Arguments is null ? 0 : JsonSerializer.SerializeToUtf8Bytes(call.Arguments).Length),
        FunctionResultContent { Result: string text } result => Of(result.CallId) + Of(text) + JsonEncodedText.Encode(text).EncodedUtf8Bytes.Length,
        FunctionResultContent result => Of(result.CallId) + JsonSerializer.SerializeToUtf8Bytes(result.Result).Length,
        TextReasoningContent thought => Of(thought.Text) + Of(thought.ProtectedData),
        // Pictures and files are counted by rules of their own, and nothing here sends any.
        _ => throw new NotSupportedException($"{content.GetType().Name} is never sent to a model"),
    };

    private static long Of(JsonElement? element) => element is { ValueKind: not JsonValueKind.Undefined } json ? Of(json.GetRawText()) : 0;

    private static long Of(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);
}
