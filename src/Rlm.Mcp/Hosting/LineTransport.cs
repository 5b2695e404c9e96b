using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Rlm.Mcp.Hosting;

/// <summary>
/// JSON-RPC messages as lines over two streams. Stands where the SDK's StreamServerTransport would, which reads lines of any length,
/// leaves a message without an answer when it cannot parse it, stops reading at a lone surrogate, drops answers after the end of input
/// and can be cancelled in the middle of writing a line.
/// Here a line is bounded (16 MiB, 64 levels), every line that is no message gets an error answer, reading goes on at the next line, and
/// each message leaves in one write: UTF-8 without a mark, one line.
/// </summary>
internal sealed class LineTransport : TransportBase
{
    /// <summary>Bytes that a message may have.</summary>
    public const int MaxLineBytes = 16 << 20;

    // Duplicate names mean different things to different readers, so they are refused. Relaxed escaping keeps code readable and small: nothing here is HTML.
    private static readonly JsonSerializerOptions Reading = new(McpJsonUtilities.DefaultOptions) { AllowDuplicateProperties = false, MaxDepth = JsonText.MaxDepth };
    private static readonly JsonSerializerOptions Writing = new(McpJsonUtilities.DefaultOptions) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    private readonly BoundedLineReader _lines;
    private readonly Stream _output;
    private readonly HostLog _log;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly TaskCompletionSource _inputEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _outputBroken;

    /// <summary>Starts reading on a thread of its own. The streams stay the caller's.</summary>
    public LineTransport(Stream input, Stream output, HostLog log, int maxLineBytes = MaxLineBytes) : base("stdio", null)
    {
        _lines = new(input, maxLineBytes);
        _output = output;
        _log = log;
        SetConnected();
        new Thread(() => ReadAll(maxLineBytes)) { IsBackground = true, Name = "mcp input" }.Start();
    }

    /// <summary>Done when the client has closed its end.</summary>
    public Task InputEnded => _inputEnded.Task;

    /// <inheritdoc/>
    public override async Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // From here on no cancellation: half a line would spoil the next message too.
            if (!_outputBroken) await WriteLineAsync(message).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException)
        {
            _outputBroken = true; // the client is gone; the end of input says the rest
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        SetDisconnected();
        return ValueTask.CompletedTask;
    }

    private async Task WriteLineAsync(JsonRpcMessage message)
    {
        using var line = new MemoryStream();
        JsonSerializer.Serialize(line, message, (JsonTypeInfo<JsonRpcMessage>)Writing.GetTypeInfo(typeof(JsonRpcMessage)));
        line.WriteByte((byte)'\n');
        await _output.WriteAsync(line.GetBuffer().AsMemory(0, (int)line.Length), CancellationToken.None).ConfigureAwait(false);
        await _output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private void ReadAll(int maxLineBytes)
    {
        try
        {
            while (_lines.Read() is var kind && kind != LineKind.End)
                if (kind == LineKind.TooLong) Refuse(McpErrorCode.InvalidRequest, $"The message is longer than {maxLineBytes:N0} bytes.", _lines.SkippedId);
                else Accept(_lines.Line.Span);
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException)
        {
        }
        catch (Exception fault)
        {
            _log.Fault("reading the input", fault);
        }
        finally
        {
            SetDisconnected();
            _inputEnded.TrySetResult();
        }
    }

    private void Accept(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith(Mark)) line = line[Mark.Length..]; // some shells put it before everything they pipe
        if (!line.ContainsAnyExcept(" \t\r"u8)) return;
        if (JsonText.Fault(line) is { } fault)
        {
            Refuse(McpErrorCode.ParseError, fault, RequestIdScanner.Find(line));
            return;
        }
        JsonRpcMessage? message;
        try
        {
            message = JsonSerializer.Deserialize(line, (JsonTypeInfo<JsonRpcMessage>)Reading.GetTypeInfo(typeof(JsonRpcMessage)));
        }
        catch (Exception mistake) when (mistake is not OutOfMemoryException)
        {
            message = null; // JsonException mostly; duplicate names are an ArgumentException
        }
        if (message is null) Refuse(McpErrorCode.InvalidRequest, "The message is not a JSON-RPC 2.0 request, notification or response.", RequestIdScanner.Find(line));
        else WriteMessageAsync(message).GetAwaiter().GetResult(); // an unbounded channel: never waits
    }

    private void Refuse(McpErrorCode code, string message, RequestId? id)
    {
        var error = new JsonRpcError { Id = id ?? default, Error = new() { Code = (int)code, Message = message } };
        _ = SendMessageAsync(error);
    }
}
