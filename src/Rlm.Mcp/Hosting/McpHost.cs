using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Hosting;

/// <summary>
/// Serves the tools to one MCP client over two streams, in both protocol eras: by <c>initialize</c> (2024-11-05 to 2025-11-25) and by
/// <c>server/discover</c> with per-request metadata (2026-07-28). The eras are the SDK's affair; every tool call takes the same way here:
/// <code>
/// message -> LineTransport -> SDK -> CallAsync -> RootHolder (which root) -> CallThreads (own thread) -> ToolRegistry.Call -> one text block
/// </code>
/// A tool's failure is a result; a fault of the host is logged and answered, and ends nothing.
/// </summary>
internal sealed class McpHost
{
    /// <summary>Request metadata that asks for the JSON form: <c>"json"</c>.</summary>
    public const string FormatKey = "rlm-mcp/format";

    private static readonly TimeSpan UnwindTime = TimeSpan.FromMilliseconds(500), QuietTime = TimeSpan.FromSeconds(3);

    private readonly ServeSettings _settings;
    private readonly RootHolder _root;
    private readonly CallThreads _threads;
    private readonly MemoryReturn _memory;
    private readonly IReadOnlyList<Tool> _listing;

    /// <param name="settings">What to serve.</param>
    /// <param name="chooser">Judges root folders; absent = over the real file system.</param>
    public McpHost(ServeSettings settings, RootChooser? chooser = null)
    {
        _settings = settings;
        _root = new(settings, chooser ?? new());
        _threads = new(settings.Width);
        _memory = new(QuietTime, settings.Time, () => _threads.Busy > 0);
        _listing = [.. settings.Tools.Select(ToolListing.Describe)];
    }

    /// <summary>
    /// Serves until the end of input or <paramref name="shutdown"/>. After the end of input calls at work have <see cref="ServeSettings.DrainTime"/> to
    /// finish; after a shutdown they are cancelled at once. Returns within a second of either, even when a call is stuck.
    /// </summary>
    /// <returns>The exit code: 0.</returns>
    public async Task<int> RunAsync(Stream input, Stream output, TextWriter log, CancellationToken shutdown)
    {
        using var hostLog = new HostLog(log);
        using var watch = new TaskWatch(hostLog);
        hostLog.Line($"{_settings.Version} serving {_root.Root.Folder ?? $"no folder yet: {_root.Root.Refusal}"}");
        using var stop = new CancellationTokenSource();
        var transport = new LineTransport(input, output, hostLog);
        var server = McpServer.Create(transport, Options(hostLog), hostLog);
        var running = server.RunAsync(stop.Token);

        await Quietly(Task.WhenAny(transport.InputEnded, running).WaitAsync(shutdown)).ConfigureAwait(false);
        await Quietly(running.WaitAsync(_settings.DrainTime, shutdown)).ConfigureAwait(false);
        // Before the calls that wait for sessions are cancelled, which would cancel the sessions too: the next process goes on with them.
        await Quietly(_root.EndAsync().WaitAsync(UnwindTime, CancellationToken.None)).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        await Quietly(running.WaitAsync(UnwindTime, CancellationToken.None)).ConfigureAwait(false);
        if (running.IsFaulted) hostLog.Fault("serving", running.Exception.GetBaseException());
        await transport.DisposeAsync().ConfigureAwait(false);
        _memory.Stop();
        return 0;
    }

    private McpServerOptions Options(HostLog log)
    {
        var options = new McpServerOptions
        {
            ServerInfo = new() { Name = _settings.Name, Title = _settings.Title, Version = _settings.Version, Icons = ServerIcon.All },
            ServerInstructions = _settings.Instructions,
            ScopeRequests = false,
            Handlers = new()
            {
                ListToolsHandler = (request, _) => ValueTask.FromResult(List(request.Params?.Cursor)),
                ListPromptsHandler = (_, _) => ValueTask.FromResult(PromptHost.List),
                GetPromptHandler = async (request, cancellationToken) => await OnThreadAsync(request, "prompt", tools => PromptHost.Get(request.Params, tools.Store, cancellationToken), cancellationToken).ConfigureAwait(false),
                ListResourcesHandler = (_, _) => ValueTask.FromResult(ResourceHost.List),
                ListResourceTemplatesHandler = (_, _) => ValueTask.FromResult(ResourceHost.Templates),
                ReadResourceHandler = async (request, cancellationToken) => await OnThreadAsync(request, "resource", tools => ResourceHost.Read(request.Params?.Uri, tools, new(false, null) { Log = log.Line }, cancellationToken), cancellationToken).ConfigureAwait(false),
                CompleteHandler = async (request, cancellationToken) => await OnThreadAsync(request, "completion", tools => Completer.Complete(request.Params, tools.Store, cancellationToken), cancellationToken).ConfigureAwait(false),
                CallToolHandler = async (request, cancellationToken) => await CallAsync(request, log, cancellationToken).ConfigureAwait(false),
            },
        };
        options.Filters.Message.IncomingFilters.Add(WrongShapesAreTheCallersMistake);
        return options;
    }

    private ListToolsResult List(string? cursor) => cursor is null
        ? new() { Tools = [.. _listing] }
        : throw new McpProtocolException("The list of tools has one page and no cursor.", McpErrorCode.InvalidParams);

    private async Task<CallToolResult> CallAsync(RequestContext<CallToolRequestParams> request, HostLog log, CancellationToken cancellationToken)
    {
        var name = request.Params?.Name;
        var definition = _settings.Tools.FirstOrDefault(tool => tool.Name == name)
            ?? throw new McpProtocolException($"Unknown tool: '{name}'. There are: {string.Join(", ", _settings.Tools.Select(tool => tool.Name))}.", McpErrorCode.InvalidParams);
        var json = false;
        try
        {
            json = WantsJson(request.Params?.Meta);
            await _root.SettleAsync(request.Server, cancellationToken).ConfigureAwait(false);
            await using var progress = Progress(request);
            var context = new ToolContext(json, progress) { Log = log.Line, ClientName = request.Server.ClientInfo?.Name, Sampling = SamplingClient.Of(request.Server) };
            var result = await _threads.RunAsync(definition.Name, () => Call(definition, request.Params!.Arguments, context, cancellationToken), cancellationToken).ConfigureAwait(false);
            return Block(result ?? ToolErrors.Result(TooManyCalls(), json));
        }
        catch (ToolException mistake)
        {
            return Block(ToolErrors.Result(mistake, json));
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or McpException))
        {
            log.Fault($"calling {definition.Name}", fault);
            return Block(ToolErrors.Result(fault, json));
        }
        finally
        {
            _memory.CallEnded();
        }
    }

    // What is asked of the repository beside tools takes the same way: root, a thread of its own, and a fault that is told and ends nothing.
    private async Task<T> OnThreadAsync<TParams, T>(RequestContext<TParams> request, string what, Func<ToolRegistry, T> ask, CancellationToken cancellationToken) where T : class
    {
        try
        {
            await _root.SettleAsync(request.Server, cancellationToken).ConfigureAwait(false);
            return await _threads.RunAsync(what, () => ask(_root.Open()), cancellationToken).ConfigureAwait(false) ?? throw TooManyCalls();
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or McpException))
        {
            throw new McpProtocolException(ToolErrors.Result(fault, json: false).Text, fault is ToolException or Rlm.Context.ContextException ? McpErrorCode.InvalidParams : McpErrorCode.InternalError);
        }
        finally
        {
            _memory.CallEnded();
        }
    }

    private ToolResult Call(ToolDefinition definition, IDictionary<string, JsonElement>? arguments, ToolContext context, CancellationToken cancellationToken)
    {
        var tool = _root.Open().Find(definition.Name) ?? throw new InvalidOperationException($"'{definition.Name}' is listed but not in the registry");
        return ToolRegistry.Call(tool, arguments ?? new Dictionary<string, JsonElement>(), context, cancellationToken);
    }

    private ProgressNotifier? Progress(RequestContext<CallToolRequestParams> request) => request.Params?.ProgressToken is { } token
        ? new((value, cancellationToken) => request.Server.NotifyProgressAsync(token, value, cancellationToken: cancellationToken), _settings.Time)
        : null;

    private static bool WantsJson(JsonObject? meta)
    {
        if (meta?[FormatKey] is not { } format) return false;
        if (format is JsonValue value && value.TryGetValue(out string? word) && word == "json") return true;
        throw new ToolException(ErrorCodes.BadArgument, $"_meta[\"{FormatKey}\"] has a value that is not \"json\"", "Leave it out for text or set it to \"json\".");
    }

    private static CallToolResult Block(ToolResult result) => new() { Content = [new TextContentBlock { Text = result.Text }], IsError = result.IsError };

    private static ToolException TooManyCalls() => new(ErrorCodes.NotAvailable, "too many calls are waiting already", "Wait for some of them to end, then ask again.");

    // The SDK deserializes parameters late and would call this an internal error of ours.
    private static McpMessageHandler WrongShapesAreTheCallersMistake(McpMessageHandler next) => async (context, cancellationToken) =>
    {
        try
        {
            await next(context, cancellationToken).ConfigureAwait(false);
        }
        catch (JsonException) when (context.JsonRpcMessage is JsonRpcRequest request)
        {
            throw new McpProtocolException($"The parameters of '{request.Method}' have the wrong shape.", McpErrorCode.InvalidParams);
        }
    };

    private static async Task Quietly(Task task) => await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
