using System.Globalization;
using System.Text.Json.Nodes;
using Rlm.Recursion.Sessions;

namespace Rlm.Recursion.Programs.Workers;

/// <summary>Reads the message by which a worker ends a program.</summary>
internal static class WorkerReport
{
    /// <exception cref="WorkerFaultException"><c>protocol</c>: it is not what it should be.</exception>
    public static ProgramReport Read(JsonObject done, long number, string engine)
    {
        if (Number(done["done"]) != number) throw Broken();
        var kept = done["plain"] as JsonObject;
        return new()
        {
            Engine = engine,
            Stdout = Text(done["stdout"]) ?? throw Broken(),
            Cut = Number(done["cut"]) ?? 0,
            Value = Text(done["value"]),
            Plain = done["json"]?.DeepClone(),
            Error = Error(done["error"]),
            Notes = done["part"] is JsonObject part ? [Part(Number(part["shown"]) ?? throw Broken(), Number(part["of"]))] : [],
            Variables = [.. (done["variables"] as JsonArray ?? []).Select(Variable)],
            Answer = done["answer"] is JsonObject answer ? new Answer(Text(answer["content"]) ?? "", answer["ready"] is JsonValue ready && ready.TryGetValue<bool>(out var isReady) && isReady) : null,
            Kept = kept?["values"] as JsonObject is { } values ? values.DeepClone().AsObject() : null,
            Lost = [.. (kept?["lost"] as JsonArray ?? []).Select(name => Text(name) ?? throw Broken())],
        };
    }

    private static string Part(long shown, long? of) => string.Create(CultureInfo.InvariantCulture, $"the value is cut: the first {shown:N0} of {(of is { } all ? $"{all:N0}" : "more")} rows of a list that was not read to its end; print or slice it for others");

    private static ProgramError? Error(JsonNode? node) => node is not JsonObject error ? null
        : new(Text(error["type"]) ?? throw Broken(), Text(error["message"]) ?? "", Number(error["line"]) is { } line and > 0 and < int.MaxValue ? (int)line : null, Text(error["traceback"]) ?? "");

    private static ProgramVariable Variable(JsonNode? node) =>
        node is JsonObject variable ? new(Text(variable["name"]) ?? throw Broken(), Text(variable["type"]) ?? throw Broken(), Number(variable["size"])) : throw Broken();

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static long? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue<long>(out var number) ? number : null;

    private static WorkerFaultException Broken() => new("protocol", "the worker wrote a line that is no message");
}
