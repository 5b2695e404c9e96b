using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Rlm.Context.Files;
using Rlm.Mcp.Hosting;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Tests.Hosting;

/// <summary>Tests that measure time or start many processes: one at a time.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}

internal static class Scale
{
    private static readonly bool Long = Environment.GetEnvironmentVariable("RLM_TEST_LONG") == "1";

    /// <summary>The full count in long mode, else about a twentieth.</summary>
    public static int Of(int full) => Of(full, Math.Max(1, full / 20));

    public static int Of(int full, int brief) => Long ? full : brief;

    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(30);
}

/// <summary>A tool whose behaviour is a delegate.</summary>
internal sealed class FakeTool(string name, Func<ToolArguments, ToolContext, CancellationToken, string> call, params ToolParameter[] parameters) : ITool
{
    public ToolDefinition Definition { get; init; } = new(name, "Fake " + name, "Stands in for a tool.", parameters);

    public ToolAnswer Call(ToolArguments arguments, ToolContext context, CancellationToken cancellationToken) => new(call(arguments, context, cancellationToken));

    public static FakeTool Echo() => new("echo", (arguments, context, _) => $"{(context.Json ? "json" : "text")}:{arguments.Given["text"].GetString()}", new ToolParameter("text", ParameterType.Text, "Comes back."));

    public static FakeTool Fails() => new("fails", (_, _, _) => throw new InvalidOperationException("secret detail"));

    public static FakeTool Mistaken() => new("mistaken", (_, _, _) => throw new ToolException(ErrorCodes.UnknownPath, "asked for nowhere, which is not there", "Call map."));

    public static FakeTool Big() => new("big", (_, _, _) => string.Concat(Enumerable.Repeat("\"quoted\" <tag> 'é' \u2028 😀\n", 2_000)));

    /// <summary>Works until it is cancelled or let go.</summary>
    public static FakeTool Waits(ManualResetEventSlim go, CountdownEvent? started = null, CountdownEvent? ended = null) => new("waits", (_, context, cancellationToken) =>
    {
        context.Progress?.Report(new ContextProgress(1, 3, "waiting"));
        started?.Signal();
        try
        {
            go.Wait(cancellationToken);
            return "done";
        }
        finally
        {
            ended?.Signal();
        }
    });
}

/// <summary>A host over in-process pipes, and what a client does with it: raw lines or the SDK's client.</summary>
internal sealed class HostUnderTest : IAsyncDisposable
{
    private readonly Pipe _toServer = new(), _toClient = new(new PipeOptions(pauseWriterThreshold: 0));
    private readonly CancellationTokenSource _shutdown = new();
    private readonly StreamReader _lines;
    private readonly StringWriter _log = new();

    public HostUnderTest(IReadOnlyList<ITool> tools, Func<ServeSettings, ServeSettings>? with = null)
    {
        var registry = new ToolRegistry(tools);
        var settings = new ServeSettings
        {
            Version = "1.2.3",
            Tools = [.. tools.Select(tool => tool.Definition)],
            Root = new(null, null, AppContext.BaseDirectory, null, AllowBroad: false),
            Open = _ => registry,
            Width = 4,
        };
        _lines = new(_toClient.Reader.AsStream(), Encoding.UTF8);
        Running = new McpHost(with?.Invoke(settings) ?? settings).RunAsync(_toServer.Reader.AsStream(), _toClient.Writer.AsStream(), TextWriter.Synchronized(_log), _shutdown.Token);
    }

    public Task<int> Running { get; }

    public string Log => _log.ToString();

    public void Shutdown() => _shutdown.Cancel();

    public async Task<McpClient> ConnectAsync(string era, McpClientOptions? options = null)
    {
        options ??= new();
        options.ProtocolVersion = era;
        return await McpClient.CreateAsync(new StreamClientTransport(_toServer.Writer.AsStream(), _toClient.Reader.AsStream()), options, cancellationToken: TestContext.Current.CancellationToken);
    }

    public Task SendAsync(string line) => SendAsync(Encoding.UTF8.GetBytes(line + "\n"));

    public async Task SendAsync(byte[] bytes) => await _toServer.Writer.WriteAsync(bytes, TestContext.Current.CancellationToken);

    public async Task<JsonObject> NextAsync()
    {
        var line = await _lines.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Scale.Patience) ?? throw new EndOfStreamException();
        return JsonNode.Parse(line)!.AsObject();
    }

    public async Task<string> NextLineAsync() => await _lines.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Scale.Patience) ?? throw new EndOfStreamException();

    /// <summary>What the server wrote beyond the lines read so far; once it has ended.</summary>
    public async Task<string> RestAsync()
    {
        await _toClient.Writer.CompleteAsync();
        return await _lines.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    public async Task EndInputAsync() => await _toServer.Writer.CompleteAsync();

    public async ValueTask DisposeAsync()
    {
        await _shutdown.CancelAsync();
        await _toServer.Writer.CompleteAsync();
        await _toServer.Reader.CompleteAsync();
        await Running.WaitAsync(Scale.Patience);
        _shutdown.Dispose();
    }
}

/// <summary>Messages as a client writes them.</summary>
internal static class Wire
{
    public const string Legacy = "2025-11-25", Modern = "2026-07-28";

    public static string Initialize(int id = 1, string version = Legacy, string capabilities = "{}") =>
        $$$$"""{"jsonrpc":"2.0","id":{{{{id}}}},"method":"initialize","params":{"protocolVersion":"{{{{version}}}}","capabilities":{{{{capabilities}}}},"clientInfo":{"name":"test","version":"0"}}}""";

    public const string Initialized = """{"jsonrpc":"2.0","method":"notifications/initialized"}""";

    public static string Ping(int id) => $$$"""{"jsonrpc":"2.0","id":{{{id}}},"method":"ping"}""";

    public static string Call(int id, string tool, string arguments = "{}", string? meta = null) =>
        $$$"""{"jsonrpc":"2.0","id":{{{id}}},"method":"tools/call","params":{"name":"{{{tool}}}","arguments":{{{arguments}}}{{{(meta is null ? "" : $",\"_meta\":{meta}")}}}}}""";

    public static string Cancel(int id) => $$$"""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":{{{id}}}}}""";

    public const string ModernMeta = """{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"test","version":"0"},"io.modelcontextprotocol/clientCapabilities":{}}""";

    public static string Text(JsonObject answer) => answer["result"]!["content"]![0]!["text"]!.GetValue<string>();

    public static int? Id(JsonObject answer) => answer["id"]?.GetValue<int>();
}
