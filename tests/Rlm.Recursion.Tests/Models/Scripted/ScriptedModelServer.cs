using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Rlm.Scripted;

/// <summary>
/// A model service on loopback that speaks Anthropic's Messages and OpenAI's Chat Completions, whole and as events, and does what the script says, faults among them:
/// <code>
/// await using var server = new ScriptedModelServer(request => ScriptedReply.Say("yes"));
/// // anthropic: AnthropicUrl = server.Url      openai:MODEL@{server.Url}v1
/// </code>
/// </summary>
public sealed class ScriptedModelServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<ScriptedRequest, ScriptedReply> _script;
    private readonly ConcurrentQueue<ScriptedRequest> _requests = new();
    private readonly ConcurrentDictionary<Task, bool> _connections = new();
    private readonly Task _accepting;
    private int _number, _open, _mostOpen, _aborted;

    /// <summary>Listens at once.</summary>
    /// <param name="script">Answers each request; called from many threads.</param>
    public ScriptedModelServer(Func<ScriptedRequest, ScriptedReply> script)
    {
        _script = script;
        _listener.Start();
        Url = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/"));
        _accepting = AcceptAsync();
    }

    /// <summary>Its address, with a slash at the end.</summary>
    public Uri Url { get; }

    /// <summary>What it got so far, in order.</summary>
    public IReadOnlyCollection<ScriptedRequest> Requests => _requests;

    /// <summary>The most requests that it had to answer at one time.</summary>
    public int MostAtOnce => Volatile.Read(ref _mostOpen);

    /// <summary>Requests whose client went away before it had the reply.</summary>
    public int Aborted => Volatile.Read(ref _aborted);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections.Keys);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                var serving = ServeAsync(client);
                _connections[serving] = true;
                _ = serving.ContinueWith(done => _connections.TryRemove(done, out _), TaskScheduler.Default);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The end of the server.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            await Task.Yield();
            client.NoDelay = true;
            var stream = client.GetStream();
            while (await HttpRequestReader.ReadAsync(stream, _stop.Token) is { } head)
                if (!await AnswerAsync(client, stream, head)) return;
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The client went away, or the server ends.
        }
    }

    // True where the connection goes on.
    private async Task<bool> AnswerAsync(TcpClient client, NetworkStream stream, HttpRequestReader.Head head)
    {
        var request = new ScriptedRequest(Interlocked.Increment(ref _number), head.Path, head.Headers, Json(head.Body));
        _requests.Enqueue(request);
        InterlockedMax(ref _mostOpen, Interlocked.Increment(ref _open));
        try
        {
            var reply = _script(request);
            if (reply.Delay > TimeSpan.Zero || reply.Fault == ScriptedFault.Never) await ThinkAsync(client, reply);
            return await SendAsync(stream, request, reply);
        }
        catch (IOException)
        {
            Interlocked.Increment(ref _aborted);
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    // A client that hangs up shows as readable without data.
    private async Task ThinkAsync(TcpClient client, ScriptedReply reply)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var thinking = Task.Delay(reply.Fault == ScriptedFault.Never ? Timeout.InfiniteTimeSpan : reply.Delay, over.Token);
        var gone = client.Client.ReceiveAsync(new byte[1].AsMemory(), SocketFlags.Peek, over.Token).AsTask();
        var first = await Task.WhenAny(thinking, gone);
        await over.CancelAsync();
        if (first == gone && !_stop.IsCancellationRequested) throw new IOException("the client went away");
        _stop.Token.ThrowIfCancellationRequested();
    }

    private async Task<bool> SendAsync(NetworkStream stream, ScriptedRequest request, ScriptedReply reply)
    {
        if (reply.Fault == ScriptedFault.Close) return false;
        var body = reply.Fault switch
        {
            ScriptedFault.Flood => new byte[100_000_000],
            ScriptedFault.GzipBomb => Packed(100_000_000),
            _ => Encoding.UTF8.GetBytes(reply.Body ?? WireFormats.Body(request, reply)),
        };
        var type = request.IsStreaming && reply.Status == 200 ? "text/event-stream" : "application/json";
        var head = new StringBuilder().Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {reply.Status} Scripted\r\nContent-Type: {type}\r\n");
        // Without a length, so that only the bytes themselves show how many there are.
        head.Append(reply.Fault == ScriptedFault.Flood ? "Connection: close\r\n" : string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n"));
        if (reply.Fault == ScriptedFault.GzipBomb) head.Append("Content-Encoding: gzip\r\n");
        foreach (var (name, value) in reply.Headers) head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        await stream.WriteAsync(Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()), _stop.Token);
        switch (reply.Fault)
        {
            case ScriptedFault.Cut:
                await stream.WriteAsync(body.AsMemory(0, body.Length / 2), _stop.Token);
                return false;
            case ScriptedFault.Stall:
                await stream.WriteAsync(body.AsMemory(0, body.Length / 2), _stop.Token);
                await Task.Delay(Timeout.InfiniteTimeSpan, _stop.Token);
                return false;
            case ScriptedFault.Drip:
                for (var at = 0; at < body.Length; at++)
                {
                    await stream.WriteAsync(body.AsMemory(at, 1), _stop.Token);
                    await Task.Delay(1000, _stop.Token);
                }
                return true;
            default:
                await stream.WriteAsync(body, _stop.Token);
                return reply.Fault == ScriptedFault.None;
        }
    }

    private static JsonElement Json(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static byte[] Packed(int size)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(new byte[size]);
        return packed.ToArray();
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var now = Volatile.Read(ref most); value > now; now = Volatile.Read(ref most)) Interlocked.CompareExchange(ref most, value, now);
    }
}
