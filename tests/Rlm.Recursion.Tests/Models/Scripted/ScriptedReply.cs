using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rlm.Scripted;

/// <summary>What a scripted model answers. The same reply serves both wire formats and the model in process.</summary>
public sealed record ScriptedReply
{
    /// <summary>The text; empty for none.</summary>
    public string Text { get; init; } = "";

    /// <summary>Tool calls: name and arguments.</summary>
    public IReadOnlyList<(string Name, JsonObject Arguments)> Calls { get; init; } = [];

    /// <summary>What it says that it read; null leaves usage out.</summary>
    public JsonNode? InputTokens { get; init; } = 10;

    /// <summary>What it says that it wrote.</summary>
    public JsonNode? OutputTokens { get; init; } = 5;

    /// <summary>Of the input, what came from the cache and what went into it (Anthropic only).</summary>
    public (int Read, int Written) Cached { get; init; }

    /// <summary>The finish reason in Anthropic's words; null for what fits.</summary>
    public string? Stop { get; init; }

    /// <summary>The HTTP status.</summary>
    public int Status { get; init; } = 200;

    /// <summary>Headers besides.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>A body to send as it is, whatever the rest says.</summary>
    public string? Body { get; init; }

    /// <summary>How long to think.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>What goes wrong on the wire.</summary>
    public ScriptedFault Fault { get; init; }

    /// <summary>A text.</summary>
    public static ScriptedReply Say(string text) => new() { Text = text };

    /// <summary>One tool call; arguments as an anonymous object or JSON.</summary>
    public static ScriptedReply Call(string name, object arguments) => new() { Calls = [(name, JsonSerializer.SerializeToNode(arguments)!.AsObject())] };

    /// <summary>A failure by status, with Retry-After where it is given.</summary>
    public static ScriptedReply Fail(int status, string? retryAfter = null, string message = "scripted failure") => new()
    {
        Status = status,
        Headers = retryAfter is null ? [] : [("Retry-After", retryAfter)],
        Body = new JsonObject { ["type"] = "error", ["error"] = new JsonObject { ["type"] = "scripted", ["message"] = message } }.ToJsonString(),
    };

    /// <summary>Something wrong on the wire.</summary>
    public static ScriptedReply Break(ScriptedFault fault) => new() { Text = "never whole", Fault = fault };
}

/// <summary>What goes wrong on the wire.</summary>
public enum ScriptedFault
{
    /// <summary>Nothing.</summary>
    None,
    /// <summary>Half of the body, then the connection ends.</summary>
    Cut,
    /// <summary>The connection ends before any reply.</summary>
    Close,
    /// <summary>Half of the body, then silence.</summary>
    Stall,
    /// <summary>One byte each second.</summary>
    Drip,
    /// <summary>100 MB of body.</summary>
    Flood,
    /// <summary>A small body that unpacks to 100 MB.</summary>
    GzipBomb,
    /// <summary>No reply at all.</summary>
    Never,
}
