using System.Text.Json;

namespace Rlm.Scripted;

/// <summary>A request that a scripted model got.</summary>
/// <param name="Number">Counts from 1.</param>
/// <param name="Path">Of the request; empty in process.</param>
/// <param name="Headers">By lower-case name.</param>
/// <param name="Body">As it was sent.</param>
public sealed record ScriptedRequest(int Number, string Path, IReadOnlyDictionary<string, string> Headers, JsonElement Body)
{
    /// <summary>Whether it speaks Anthropic's format.</summary>
    public bool IsAnthropic => Path.EndsWith("/messages", StringComparison.Ordinal);

    /// <summary>Whether it wants a stream of events.</summary>
    public bool IsStreaming => Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty("stream", out var stream) && stream.ValueKind == JsonValueKind.True;

    /// <summary>All texts that it holds, of whatever role, joined by line ends.</summary>
    public string Text => string.Join('\n', Strings(Body));

    /// <summary>The names of its tools.</summary>
    public IReadOnlyList<string> Tools => Body.TryGetProperty("tools", out var tools)
        ? [.. tools.EnumerateArray().Select(tool => (tool.TryGetProperty("function", out var function) ? function : tool).GetProperty("name").GetString()!)] : [];

    private static IEnumerable<string> Strings(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => [json.GetString()!],
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Strings),
        JsonValueKind.Object => json.EnumerateObject().Where(member => member.Name is "messages" or "system" or "content" or "text").SelectMany(member => Strings(member.Value)),
        _ => [],
    };
}
