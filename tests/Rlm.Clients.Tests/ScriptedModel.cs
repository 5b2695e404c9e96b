using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Rlm.Clients.Tests;

/// <summary>One turn of the script: a tool call, or text that ends the conversation.</summary>
/// <param name="Tool">How the tool's name ends, as each client puts its own prefix before it; null for text.</param>
/// <param name="Input">The tool's arguments.</param>
/// <param name="Text">The text.</param>
internal sealed record Turn(string? Tool, JsonObject? Input, string? Text)
{
    /// <summary>Makes the arguments from what tools have said in this conversation so far; null where they are given.</summary>
    public Func<IReadOnlyList<string>, JsonObject>? Made { get; init; }

    public static Turn Call(string tool, JsonObject input) => new(tool, input, null);

    public static Turn Call(string tool, Func<IReadOnlyList<string>, JsonObject> input) => new(tool, null, null) { Made = input };

    /// <summary>The turn in a conversation.</summary>
    public Turn In(IEnumerable<(string Id, string Text)> toolResults) => Made is null ? this : this with { Input = Made([.. toolResults.Select(result => result.Text)]) };

    /// <summary>The offered tool that it means: ours before one of the client's own whose name ends alike.</summary>
    public string NameIn(IEnumerable<string> offered) => offered.Where(name => name.EndsWith(Tool!, StringComparison.Ordinal)).OrderByDescending(name => name.Contains("rlm", StringComparison.Ordinal)).FirstOrDefault() ?? Tool!;

    public static Turn Say(string text) => new(null, null, text);
}

/// <summary>
/// A model API on loopback that plays a script in the wire formats of <see cref="IModelApi"/>, whole or streamed. Which turn is due is read
/// from the conversation itself (how many tool calls it holds), so side requests of a client use up nothing; one without tools gets "ok".
/// </summary>
internal sealed class ScriptedModel : IDisposable
{
    private static readonly IModelApi[] Apis = [new AnthropicApi(), new ResponsesApi(), new ChatApi(), new GeminiApi()];

    private readonly HttpListener _listener;
    private readonly Func<JsonObject, IReadOnlyList<Turn>> _script;
    private readonly ConcurrentQueue<(IModelApi Api, JsonObject Body)> _requests = new();
    private int _ids;

    public ScriptedModel(params IReadOnlyList<Turn> script) : this(_ => script)
    {
    }

    /// <param name="script">The script of a conversation, by any request of it.</param>
    public ScriptedModel(Func<JsonObject, IReadOnlyList<Turn>> script)
    {
        _script = script;
        (_listener, Address) = Listen();
        _ = Task.Run(ServeAsync);
    }

    /// <summary>What it says to a request without tools.</summary>
    public Func<JsonObject, string> Plain { get; init; } = _ => "ok";

    /// <summary><c>http://127.0.0.1:PORT</c></summary>
    public string Address { get; }

    /// <summary>What the model was told by tools, in order, each once.</summary>
    public IReadOnlyList<string> ToolResults
    {
        get
        {
            var seen = new Dictionary<string, string>();
            foreach (var (id, text) in _requests.SelectMany(request => request.Api.ToolResults(request.Body))) seen.TryAdd(id, text);
            return [.. seen.Values];
        }
    }

    /// <summary>Every request as JSON text, for what else a client told the model.</summary>
    public IReadOnlyList<string> Requests => [.. _requests.Select(request => request.Body.ToJsonString(Relaxed))];

    private static readonly System.Text.Json.JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Dispose() => _listener.Close();

    private static (HttpListener Listener, string Address) Listen()
    {
        for (var tries = 0; ; tries++)
        {
            var address = $"http://127.0.0.1:{Random.Shared.Next(20_000, 60_000)}";
            var listener = new HttpListener { Prefixes = { address + "/" } };
            try
            {
                listener.Start();
                return (listener, address);
            }
            catch (HttpListenerException) when (tries < 50)
            {
                // Taken: try another.
            }
        }
    }

    private async Task ServeAsync()
    {
        try
        {
            while (await _listener.GetContextAsync() is var context) _ = Task.Run(() => AnswerAsync(context));
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
        {
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            using var body = new StreamReader(context.Request.InputStream, Encoding.UTF8);
            var text = await body.ReadToEndAsync();
            var request = text.Length > 0 ? JsonNode.Parse(text) as JsonObject ?? [] : [];
            var reply = Reply(context.Request.Url!.AbsolutePath, request);
            context.Response.ContentType = reply.Streamed ? "text/event-stream" : "application/json";
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(reply.Body));
            context.Response.Close();
        }
        catch (Exception gone) when (gone is IOException or HttpListenerException or ObjectDisposedException or System.Text.Json.JsonException)
        {
            context.Response.Abort();
        }
    }

    private ModelReply Reply(string path, JsonObject request)
    {
        if (path.EndsWith("/messages/count_tokens", StringComparison.Ordinal)) return ModelReply.Json(new JsonObject { ["input_tokens"] = 10 });
        if (path.EndsWith("/models", StringComparison.Ordinal)) return ModelReply.Json(new JsonObject { ["object"] = "list", ["data"] = new JsonArray(), ["models"] = new JsonArray() });
        if (Array.Find(Apis, api => api.Serves(path)) is not { } spoken) return ModelReply.Json([]);
        _requests.Enqueue((spoken, request));
        return spoken.Reply(request, Due(spoken, request).In(spoken.ToolResults(request)), Interlocked.Increment(ref _ids), spoken.Streams(path, request));
    }

    private Turn Due(IModelApi api, JsonObject request) => api.OffersTools(request) && _script(request) is var script ? script[Math.Min(api.ToolCalls(request), script.Count - 1)] : Turn.Say(Plain(request));
}

/// <summary>What goes back over HTTP.</summary>
internal sealed record ModelReply(string Body, bool Streamed)
{
    public static ModelReply Json(JsonObject body) => new(body.ToJsonString(), Streamed: false);

    /// <summary>Server-sent events, each named by its type.</summary>
    public static ModelReply Events(IEnumerable<JsonObject> events) =>
        new(string.Concat(events.Select(one => $"event: {one["type"]!.GetValue<string>()}\ndata: {one.ToJsonString()}\n\n")), Streamed: true);

    /// <summary>Server-sent events without names.</summary>
    public static ModelReply Data(IEnumerable<string> events) => new(string.Concat(events.Select(one => $"data: {one}\n\n")), Streamed: true);
}
