using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rlm.Mcp.Rendering;

/// <summary>How JSON is written: compact, and with code left readable (<c>&lt;</c>, <c>'</c> and letters of all scripts unescaped).</summary>
internal static class JsonOutput
{
    public static JsonSerializerOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>UTF-8 bytes of a node as it will be written.</summary>
    public static int Size(JsonNode node) => System.Text.Encoding.UTF8.GetByteCount(node.ToJsonString(Options));
}
