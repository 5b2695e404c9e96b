using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Rlm.Mcp.Tools;
using Rlm.Recursion.Context;
using SessionTool = Rlm.Recursion.Context.SessionTool;

namespace Rlm.Mcp.Sessions;

/// <summary>The tools of clients as sessions are offered them: the same, narrowed to a scope.</summary>
internal static partial class SessionTools
{
    /// <summary>One tool. What steers sessions and sets is not offered: those belong to clients.</summary>
    public static SessionTool Of(ITool tool)
    {
        var definition = tool.Definition;
        var offered = definition with { Parameters = [.. definition.Parameters.Where(parameter => parameter.Name is not ("session" or "as"))] };
        return new(definition.Name, definition.Description, offered.InputSchema(), (scope, arguments, cancellationToken) => Call(tool, offered, scope, arguments, cancellationToken));
    }

    /// <summary>Handles that an answer shows, each once.</summary>
    public static IReadOnlyList<string> HandlesIn(string text) => [.. HandlePattern().Matches(text).Select(match => match.Value).Distinct().Take(200)];

    private static ToolOutcome Call(ITool tool, ToolDefinition offered, ContextScope scope, JsonObject arguments, CancellationToken cancellationToken)
    {
        var unknown = arguments.Select(pair => pair.Key).FirstOrDefault(name => offered.Parameters.All(parameter => parameter.Name != name));
        if (unknown is not null) return new($"bad_argument: {offered.Name} has no argument {Rlm.Context.Files.NameEscaping.Escape(unknown)} here; it takes {string.Join(", ", offered.Parameters.Select(parameter => parameter.Name))}.", true, []);
        if (Smuggled(tool.Definition, arguments) is { } name) return new($"bad_argument: the cursor carries {name}, which is not to be had here. Ask again without it.", true, []);
        var given = arguments.Select(pair => KeyValuePair.Create(pair.Key, JsonSerializer.SerializeToElement(pair.Value)));
        var result = ToolRegistry.Call(tool, given, new ToolContext(false, null) { Within = scope.Layers }, cancellationToken);
        return new(result.Text, result.IsError, HandlesIn(result.Text));
    }

    // A cursor carries its query: one that somebody put into a file may hold what a session is not offered.
    private static string? Smuggled(ToolDefinition definition, JsonObject arguments)
    {
        if (arguments["cursor"] is not JsonValue value || !value.TryGetValue<string>(out var text)) return null;
        try
        {
            return Rendering.Cursor.Decode(text, definition).Query.Keys.FirstOrDefault(name => name is "as" or "session");
        }
        catch (ToolException)
        {
            // The tool itself says what is wrong with it.
            return null;
        }
    }

    [GeneratedRegex(@"[^\s,;()\[\]""']+:[0-9]+-[0-9]+@[0-9a-f]{8}")]
    private static partial Regex HandlePattern();
}
