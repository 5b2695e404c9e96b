using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Rlm.Recursion.Running.Leaves;

/// <summary>The tool <c>answer</c>, by which models submit; its shape depends on what is asked. Answers are never read out of prose.</summary>
internal static class AnswerTool
{
    /// <summary>Its name.</summary>
    public const string Name = "answer";

    /// <summary>One item for each unit.</summary>
    /// <param name="schema">Of each value; null for any.</param>
    public static JsonObject Items(JsonElement? schema) => Object(new() { ["items"] = new JsonObject { ["type"] = "array", ["items"] = Item(schema) } }, "items");

    /// <summary>One answer for all that was shown.</summary>
    /// <param name="schema">Of the content; null for text.</param>
    public static JsonObject Content(JsonElement? schema) => Object(new()
    {
        ["content"] = Value(schema, "The whole answer."),
        ["findings"] = new JsonObject
        {
            ["type"] = "array",
            ["items"] = Object(new() { ["text"] = Text("One claim of the answer."), ["citations"] = Citations() }, "text", "citations"),
        },
        ["confidence"] = Confidence(),
    }, "content");

    /// <summary>A text made from findings.</summary>
    public static JsonObject Merged() => Object(new() { ["content"] = Text("The whole answer.") }, "content");

    /// <summary>A judgement on one claim.</summary>
    public static JsonObject Verdict() => Object(new()
    {
        ["verdict"] = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray("confirm", "refute", "unclear") },
        ["reason"] = Text("One sentence."),
    }, "verdict");

    /// <summary>What goes with a request: the tool, forced, where the model takes tools.</summary>
    public static ChatOptions Options(JsonObject shape, bool hasTools, int outputLimit)
    {
        var options = new ChatOptions { MaxOutputTokens = outputLimit };
        if (!hasTools) return options;
        options.Tools = [AIFunctionFactory.CreateDeclaration(Name, "Submit your answer. Call it once.", JsonSerializer.SerializeToElement(shape))];
        options.ToolMode = ChatToolMode.RequireSpecific(Name);
        return options;
    }

    private static JsonObject Item(JsonElement? schema) => Object(new()
    {
        ["unit"] = new JsonObject { ["type"] = "integer", ["description"] = "The unit's id." },
        ["value"] = Value(schema, "What the task asks of this unit."),
        ["citations"] = Citations(),
        ["confidence"] = Confidence(),
        ["conflict"] = Text("Only if the text contradicts itself on this: how."),
    }, "unit", "value");

    private static JsonNode Value(JsonElement? schema, string description) => schema is { } given ? JsonNode.Parse(given.GetRawText())! : Text(description);

    private static JsonObject Citations() => new()
    {
        ["type"] = "array",
        ["items"] = Object(new() { ["handle"] = Text("The unit's handle."), ["quote"] = Text("Copied exactly, without line numbers.") }, "handle", "quote"),
    };

    private static JsonObject Confidence() => new() { ["type"] = "number", ["description"] = "0 to 1. Below 0.5 means that more context is needed." };

    private static JsonObject Text(string description) => new() { ["type"] = "string", ["description"] = description };

    private static JsonObject Object(JsonObject properties, params string[] required) =>
        new() { ["type"] = "object", ["properties"] = properties, ["required"] = new JsonArray([.. required.Select(name => (JsonNode)name)]) };
}
