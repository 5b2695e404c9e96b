using System.Text.Json;
using System.Text.Json.Nodes;
using Rlm.Mcp.Tools;
using Rlm.Recursion;
using Rlm.Recursion.Context;

namespace Rlm.Mcp.Sessions.Functions;

/// <summary>A tool called for a program: the JSON form, within a scope, not cut by a budget.</summary>
internal static class ToolJson
{
    /// <exception cref="RecursionException">What the tool refused.</exception>
    public static JsonObject Call(ITool tool, ContextScope scope, JsonObject arguments, CancellationToken cancellationToken)
    {
        var given = arguments.Select(pair => KeyValuePair.Create(pair.Key, JsonSerializer.SerializeToElement(pair.Value)));
        var result = ToolRegistry.Call(tool, given, new ToolContext(Json: true, null, IsCommandLine: true) { Within = scope.Layers }, cancellationToken);
        var answer = JsonNode.Parse(result.Text)!.AsObject();
        return result.IsError && answer["error"] is JsonObject error ? throw Fault(error) : answer;
    }

    /// <summary>The same failure as sessions are told it.</summary>
    public static RecursionException Fault(JsonObject error)
    {
        var near = error["near"] is JsonArray { Count: > 0 } names ? $" (near: {string.Join(", ", names.Select(name => name?.GetValue<string>()))})" : "";
        return new((string)error["code"]!, (string)error["message"]! + near, (string?)error["next"] ?? "");
    }
}
