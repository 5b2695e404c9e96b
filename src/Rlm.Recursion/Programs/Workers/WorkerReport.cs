using System.Globalization;
using System.Text.Json.Nodes;
using Rlm.Recursion.Sessions;

namespace Rlm.Recursion.Programs.Workers;

/// <summary>Reads the message by which a worker ends a program.</summary>
internal static class WorkerReport
{
    private const int LongestDraft = 400_000;

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
            Notes = [.. Notes(done)],
            Variables = [.. (done["variables"] as JsonArray ?? []).Select(Variable)],
            Answer = done["answer"] is JsonObject answer && answer.ContainsKey("content") ? Draft(answer) : null,
            Kept = kept?["values"] as JsonObject is { } values ? values.DeepClone().AsObject() : null,
            Lost = [.. (kept?["lost"] as JsonArray ?? []).Select(name => Text(name) ?? throw Broken())],
        };
    }

    /// <summary>A draft as a worker tells it, with what was cut of it counted at its end.</summary>
    public static Answer Draft(JsonObject draft)
    {
        // The worker cuts by itself; one that a program has taken over may not.
        var (content, cut) = (Text(draft["content"]) ?? "", Number(draft["cut"]) ?? 0);
        if (content.Length > LongestDraft) (content, cut) = (content[..LongestDraft], cut + content.Length - LongestDraft);
        return new(content + ProgramText.CutWords(cut), draft["ready"] is JsonValue ready && ready.TryGetValue<bool>(out var isReady) && isReady);
    }

    private static IEnumerable<string> Notes(JsonObject done)
    {
        if (done["part"] is JsonObject part) yield return Part(Number(part["shown"]) ?? throw Broken(), Number(part["of"]));
        if (done["answer"] is not JsonObject answer) yield break;
        if (Text(answer["type"]) is { } type) yield return $"no draft was taken: answer is a {type}; set answer['content'], or answer = {{'content': …, 'ready': …}}";
        if (Number(answer["cut"]) is > 0 and var cut) yield return string.Create(CultureInfo.InvariantCulture, $"the draft is cut: {cut:N0} characters of answer['content'] are not kept as the session's answer");
    }

    private static string Part(long shown, long? of) => string.Create(CultureInfo.InvariantCulture, $"the value is cut: the first {shown:N0} of {(of is { } all ? $"{all:N0}" : "more")} rows of a list that was not read to its end; print or slice it for others");

    private static ProgramError? Error(JsonNode? node) => node is not JsonObject error ? null
        : new(Text(error["type"]) ?? throw Broken(), Text(error["message"]) ?? "", Number(error["line"]) is { } line and > 0 and < int.MaxValue ? (int)line : null, Text(error["traceback"]) ?? "");

    private static ProgramVariable Variable(JsonNode? node) =>
        node is JsonObject variable ? new(Text(variable["name"]) ?? throw Broken(), Text(variable["type"]) ?? throw Broken(), Number(variable["size"])) { Lasts = variable["lasts"]?.GetValueKind() != System.Text.Json.JsonValueKind.False } : throw Broken();

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static long? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue<long>(out var number) ? number : null;

    private static WorkerFaultException Broken() => new("protocol", "the worker wrote a line that is no message");
}
