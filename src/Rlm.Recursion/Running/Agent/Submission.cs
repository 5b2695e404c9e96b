using System.Text.Json;
using System.Text.Json.Nodes;
using Rlm.Recursion.Context;

namespace Rlm.Recursion.Running.Agent;

/// <summary>What an agent hands in by the tool <c>answer</c>.</summary>
/// <param name="Content">The answer; JSON where a schema was given.</param>
/// <param name="Ready">Whether it says that it is done.</param>
/// <param name="Findings">With their citations, not checked yet.</param>
/// <param name="Problem">What is wrong with it; null when nothing is. The content is good as a draft all the same.</param>
internal sealed record Submission(string Content, bool Ready, IReadOnlyList<Finding> Findings, RecursionException? Problem)
{
    private const int MaxContent = 2_000_000;

    /// <summary>Reads the arguments of a call.</summary>
    /// <param name="arguments">As the model wrote them.</param>
    /// <param name="schema">What the answer must look like; null for free text.</param>
    /// <param name="check">Checks it.</param>
    public static Submission Read(JsonObject arguments, JsonElement? schema, SchemaCheck check)
    {
        var content = Text(arguments["content"]);
        try
        {
            var ready = arguments["ready"] is JsonValue value && value.TryGetValue<bool>(out var said) ? said : throw Bad("ready is not true or false");
            if (arguments.FirstOrDefault(pair => pair.Key is not ("content" or "ready" or "findings")).Key is { } unknown) throw Bad($"answer has no argument {Shown(unknown)}");
            if (string.IsNullOrWhiteSpace(content) && ready) throw Bad("content is empty");
            if (content.Length > MaxContent) throw Bad($"content has {content.Length:N0} characters; at most {MaxContent:N0}");
            var findings = FindingReader.Read(arguments["findings"]);
            if (ready && schema is { } shape) content = Shaped(content, shape, check);
            return new(content, ready, findings, null);
        }
        catch (RecursionException problem)
        {
            return new(content.Length > MaxContent ? "" : content, false, [], problem);
        }
    }

    private static string Shaped(string content, JsonElement schema, SchemaCheck check)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            return check(schema, document.RootElement) is { } breach ? throw Bad($"content does not fit the schema: {breach}") : content;
        }
        catch (JsonException)
        {
            if (check(schema, JsonSerializer.SerializeToElement(content)) is not null) throw Bad("content is not JSON, which the schema asks for");
            return JsonSerializer.Serialize(content);
        }
    }

    private static string Text(JsonNode? node) => node is null ? "" : node is JsonValue value && value.TryGetValue<string>(out var text) ? text : node.ToJsonString();

    private static string Shown(string name) => name.Length <= 40 ? name : name[..40] + "…";

    private static RecursionException Bad(string what) => new("bad_argument", what, "Call answer again with {\"content\":…,\"ready\":true or false,\"findings\":[…]}.");
}
