using System.Text.Encodings.Web;
using System.Text.Json;

namespace Rlm.Recursion.Running;

/// <summary>The call that asks for the same once more, ready to paste.</summary>
internal static class AskAgain
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>In a line that begins with <c>next: </c>.</summary>
    /// <param name="request">What was asked; its limits are left out.</param>
    /// <param name="over">The scope to ask about now.</param>
    public static string Words(RecurseRequest request, IReadOnlyList<string> over) =>
        $"next: recurse(task: {Quoted(request.Task)}{(over.Count == 0 ? "" : $", over: [{string.Join(", ", over.Select(Quoted))}]")}{Rest(request)})";

    private static string Rest(RecurseRequest request) =>
        (request.Mode == "auto" ? "" : $", mode: \"{request.Mode}\"") + (request.Per is { } per ? $", per: \"{per.ToString().ToLowerInvariant()}\"" : "")
        + (request.Schema is { } schema ? $", schema: {schema.GetRawText()}" : "") + (request.Merge is { } merge ? $", merge: {Quoted(merge)}" : "") + (request.Verify ? ", verify: true" : "");

    private static string Quoted(string text) => JsonSerializer.Serialize(text, Readable);
}
