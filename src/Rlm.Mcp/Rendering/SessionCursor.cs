using System.Text.Json;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Rendering;

/// <summary>Cursors into a session's result: they continue in the tool <c>session</c>, whichever tool the list began in.</summary>
internal static class SessionCursor
{
    public static string At(ToolCall call, string id, string place) =>
        Cursor.Encode(SessionTool.ToolDefinition, call.Snapshot, ToolArguments.Check(SessionTool.ToolDefinition, [KeyValuePair.Create("id", JsonSerializer.SerializeToElement(id))]), place);
}
