using System.Diagnostics;
using System.Text.Json.Nodes;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Rlm.Benchmarks.Peers;

/// <summary>An MCP server over stdio, started anew, that is asked what a client would ask it.</summary>
internal sealed class Peer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly McpClient _client;

    private Peer(McpClient client, double started) => (_client, Started) = (client, started);

    /// <summary>Milliseconds from the start of the process to the answer of <c>initialize</c>.</summary>
    public double Started { get; }

    public static async Task<Peer> StartAsync(string folder, string command, params string[] arguments)
    {
        var begun = Stopwatch.GetTimestamp();
        var client = await McpClient.CreateAsync(new StdioClientTransport(new() { Name = "peer", Command = command, Arguments = arguments, WorkingDirectory = folder, StandardErrorLines = _ => { } }), new() { InitializationTimeout = Patience }).ConfigureAwait(false);
        return new(client, Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
    }

    /// <summary>What the definitions of its tools and its instructions cost a client before any work, in bytes.</summary>
    public async Task<(int Tools, int Bytes)> ListingAsync()
    {
        var tools = await _client.ListToolsAsync().ConfigureAwait(false);
        // What clients hand to a model of a tool: its name, description and schema.
        var bytes = tools.Sum(tool => tool.Name.Length + (tool.Description?.Length ?? 0) + tool.JsonSchema.GetRawText().Length);
        return (tools.Count, bytes + (_client.ServerInstructions?.Length ?? 0));
    }

    /// <summary>Calls a tool.</summary>
    /// <returns>Its text, and the milliseconds that it took; an error's text begins with <c>error</c>.</returns>
    public async Task<(string Text, double Milliseconds)> CallAsync(string tool, JsonObject arguments)
    {
        using var stop = new CancellationTokenSource(Patience);
        var begun = Stopwatch.GetTimestamp();
        var result = await _client.CallToolAsync(tool, arguments.ToDictionary(pair => pair.Key, pair => (object?)pair.Value), cancellationToken: stop.Token).ConfigureAwait(false);
        var text = string.Concat(result.Content.OfType<TextContentBlock>().Select(block => block.Text));
        return (result.IsError == true ? "error: " + text : text, Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();
}
