using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Rlm.Recursion.Running.Leaves;

/// <summary>Gets what a model submitted out of its reply: the arguments of its calls of <c>answer</c>; from models without tools the first JSON objects in the text.</summary>
internal static class ReplyJson
{
    private const int MaxCharacters = 8 << 20, MaxTries = 64;

    /// <summary>All that was submitted, in order; empty when nothing was, or nothing that can be read.</summary>
    public static IReadOnlyList<JsonElement> Of(ChatResponse response, bool hasTools)
    {
        if (!hasTools) return [.. InText(response.Text).Where(IsText)];
        var calls = response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().Where(call => call.Name == AnswerTool.Name && call.Exception is null);
        return [.. calls.Select(Arguments).OfType<JsonElement>().Where(IsText)];
    }

    // JSON may hold halves of surrogate pairs, which no later step could read as text.
    private static bool IsText(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => value.GetString() is not null,
                JsonValueKind.Array => value.EnumerateArray().All(IsText),
                JsonValueKind.Object => value.EnumerateObject().All(property => property.Name is not null && IsText(property.Value)),
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static JsonElement? Arguments(FunctionCallContent call)
    {
        try
        {
            return call.Arguments is { } arguments ? JsonSerializer.SerializeToElement(arguments) : null;
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>JSON objects and arrays that stand in a text, outermost only, in order.</summary>
    public static IReadOnlyList<JsonElement> InText(string text)
    {
        var found = new List<JsonElement>();
        if (text.Length > MaxCharacters) return found;
        var tries = 0;
        for (var at = text.AsSpan().IndexOfAny('{', '['); at >= 0 && tries++ < MaxTries;)
        {
            var next = at + 1;
            if (Parse(text, at) is { } hit)
            {
                found.Add(hit.Value);
                next = at + hit.Characters;
            }
            var step = text.AsSpan(next).IndexOfAny('{', '[');
            at = step < 0 ? -1 : next + step;
        }
        return found;
    }

    private static (JsonElement Value, int Characters)? Parse(string text, int at)
    {
        var bytes = Encoding.UTF8.GetBytes(text, at, text.Length - at);
        var reader = new Utf8JsonReader(bytes, isFinalBlock: true, default);
        try
        {
            return JsonElement.TryParseValue(ref reader, out var value) ? (value.Value, Encoding.UTF8.GetCharCount(bytes, 0, (int)reader.BytesConsumed)) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
