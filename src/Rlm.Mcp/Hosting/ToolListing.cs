using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Hosting;

/// <summary>Tool definitions in the protocol's form.</summary>
internal static class ToolListing
{
    /// <summary>One tool as <c>tools/list</c> shows it; always the same bytes for the same definition.</summary>
    public static Tool Describe(ToolDefinition definition) => new()
    {
        Name = definition.Name,
        Title = definition.Title,
        Description = definition.Description,
        InputSchema = JsonSerializer.SerializeToElement(definition.InputSchema()),
        Annotations = new()
        {
            Title = definition.Title,
            ReadOnlyHint = definition.ReadOnly,
            DestructiveHint = false,
            IdempotentHint = definition.ReadOnly,
            OpenWorldHint = definition.OpenWorld,
        },
        // Claude Code hides tools behind its tool search unless told otherwise.
        Meta = definition.AlwaysLoad ? new JsonObject { ["anthropic/alwaysLoad"] = true } : null,
    };
}
