using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace Rlm.Recursion.Running.Agent;

/// <summary>
/// Reads a model's reply into one clean message and the calls in it. A reply may hold anything: roles, names and ids that no service would take back are put right here, so that one
/// bad reply cannot spoil all later requests.
/// </summary>
/// <param name="hasTools">Whether the model takes tools; else a reply is one JSON object <c>{"calls":[{"tool","arguments"}]}</c>.</param>
internal sealed partial class ReplyReader(bool hasTools)
{
    private readonly HashSet<string> _ids = [];
    private int _count;

    /// <summary>The message to keep in the conversation, and the calls of it in order.</summary>
    public (ChatMessage Message, IReadOnlyList<ToolRequest> Requests) Read(ChatResponse response)
    {
        var contents = new List<AIContent>();
        var requests = new List<ToolRequest>();
        foreach (var content in response.Messages.Where(message => message.Role == ChatRole.Assistant).SelectMany(message => message.Contents))
            if (content is FunctionCallContent call) contents.Add(Take(call, requests));
            else if (content is TextContent { Text.Length: > 0 } or TextReasoningContent) contents.Add(content);
        // Services refuse messages without words or calls.
        if (contents.All(content => content is TextReasoningContent)) contents.Add(new TextContent("(nothing)"));
        if (!hasTools) requests.AddRange(FromText(response.Text));
        return (new(ChatRole.Assistant, contents), requests);
    }

    private FunctionCallContent Take(FunctionCallContent call, List<ToolRequest> requests)
    {
        var id = FreshId(call.CallId);
        var name = LegalName().IsMatch(call.Name ?? "") ? call.Name! : "invalid_name";
        var (arguments, problem) = Arguments(call);
        requests.Add(new(id, name, arguments, problem));
        return id == call.CallId && name == call.Name && problem is null ? call : new(id, name, arguments.ToDictionary(pair => pair.Key, pair => (object?)pair.Value));
    }

    private static (JsonObject, string?) Arguments(FunctionCallContent call)
    {
        if (call.Exception is not null) return ([], "its arguments are not valid JSON");
        if (call.Arguments is null) return ([], null);
        try
        {
            return (JsonSerializer.SerializeToNode(call.Arguments) as JsonObject ?? [], null);
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException or ArgumentException or InvalidOperationException)
        {
            return ([], "its arguments are not valid JSON");
        }
    }

    // Read strictly: the whole reply is the object, with or without a code fence. Calls are never looked for inside prose.
    private List<ToolRequest> FromText(string text)
    {
        var body = Fence().Match(text) is { Success: true } fenced ? fenced.Groups[1].Value : text;
        try
        {
            if (JsonNode.Parse(body) is not JsonObject { } reply || reply["calls"] is not JsonArray calls) return [];
            return [.. calls.Select(FromText)];
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException)
        {
            return [];
        }
    }

    private ToolRequest FromText(JsonNode? call)
    {
        var name = call is JsonObject written && written["tool"] is JsonValue value && value.TryGetValue<string>(out var tool) && LegalName().IsMatch(tool) ? tool : "invalid_name";
        var arguments = (call as JsonObject)?["arguments"];
        return new(FreshId(null), name, (arguments as JsonObject)?.DeepClone().AsObject() ?? [], arguments is null or JsonObject ? null : "its arguments are not an object");
    }

    private string FreshId(string? given)
    {
        if (!string.IsNullOrWhiteSpace(given) && given.Length <= 200 && _ids.Add(given)) return given;
        while (true)
            if (_ids.Add($"call_{++_count}")) return $"call_{_count}";
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}$")]
    private static partial Regex LegalName();

    [GeneratedRegex(@"^\s*```(?:json)?\s*\n(.*)\n\s*```\s*$", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Fence();
}
