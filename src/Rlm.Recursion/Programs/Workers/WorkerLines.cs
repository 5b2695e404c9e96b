using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rlm.Recursion.Programs.Workers;

/// <summary>Both directions of the line protocol with a worker. Whatever comes from it may come from a hostile program.</summary>
internal sealed class WorkerLines(Stream output, Stream input, int limit)
{
    private const int Depth = 128;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = Depth };
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 2 * Depth };

    private readonly LineReader _reader = new(output, limit);

    /// <summary>The next message; null when the worker has ended.</summary>
    /// <exception cref="WorkerFaultException"><c>protocol</c>: it is no JSON object, too long or too deep, or holds what is no text.</exception>
    public JsonObject? Receive()
    {
        try
        {
            if (_reader.Next() is not { } line) return null;
            return JsonNode.Parse(line.Span, null, Strict) is JsonObject message && IsSound(message) ? message : throw Broken();
        }
        catch (IOException)
        {
            return null;
        }
        // A key that stands twice is found only when the object is looked at.
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or ArgumentException)
        {
            throw Broken();
        }
    }

    /// <summary>Sends a message; a worker that has ended is found out by the next <see cref="Receive"/>.</summary>
    /// <exception cref="WorkerFaultException"><c>protocol</c>: the message is too long.</exception>
    public void Send(JsonObject message)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(message, Compact);
        if (bytes.Length > limit) throw new WorkerFaultException("protocol", $"a result of {bytes.Length:N0} bytes does not fit a line of {limit:N0}");
        try
        {
            input.Write([.. bytes, (byte)'\n']);
            input.Flush();
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            // Receive says so.
        }
    }

    // Reads every name and text once: half a surrogate pair can be spelled in JSON and is no text.
    private static bool IsSound(JsonNode? node) => node switch
    {
        JsonObject map => map.All(pair => IsSound(pair.Value)),
        JsonArray list => list.All(IsSound),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>() is not null,
        _ => true,
    };

    private static WorkerFaultException Broken() => new("protocol", "the worker wrote a line that is no message");
}
