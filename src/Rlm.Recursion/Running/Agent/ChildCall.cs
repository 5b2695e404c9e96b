using System.Text.Json;
using System.Text.Json.Nodes;
using Rlm.Recursion.Context;

namespace Rlm.Recursion.Running.Agent;

/// <summary>Reads a call of <c>recurse</c>. There is no argument for budgets, models or depth: a session cannot raise any of them.</summary>
internal static class ChildCall
{
    /// <summary>Reasons to go deeper.</summary>
    public static IReadOnlyList<string> Reasons { get; } = ["asked", "too_large", "uncovered", "uncertain", "contradiction"];

    /// <summary>The arguments, for the model.</summary>
    public static JsonElement Schema { get; } = JsonDocument.Parse("""
        {"type":"object","properties":{
        "task":{"type":"string","description":"the sub-question, complete in itself: the sub-agent sees nothing else"},
        "over":{"type":"array","items":{"type":"string"},"description":"paths, folders, globs or handles inside your own scope; none for all of it"},
        "mode":{"type":"string","enum":["auto","ask","map","agent"],"description":"map judges every unit of the scope; agent explores; ask reads little; auto chooses"},
        "per":{"type":"string","enum":["file","symbol","match","chunk","pair"],"description":"what a map judges one by one"},
        "merge":{"type":"string","description":"none, count, group:FIELD, concat, or a prompt to reduce by"},
        "reason":{"type":"string","enum":["asked","too_large","uncovered","uncertain","contradiction"],"description":"why this cannot be answered from what you have"}},
        "required":["task","reason"],"additionalProperties":false}
        """).RootElement;

    private const int MaxTask = 8_000, MaxOver = 200, MaxTarget = 2_000;

    private static readonly string[] Known = ["task", "over", "mode", "per", "merge", "reason"], Modes = ["auto", "ask", "map", "agent"];

    /// <summary>What the child is asked.</summary>
    /// <exception cref="RecursionException"><c>bad_argument</c>.</exception>
    public static RecurseRequest Read(JsonObject arguments)
    {
        if (arguments.FirstOrDefault(pair => !Known.Contains(pair.Key)).Key is { } unknown)
            throw Bad($"recurse has no argument {(unknown.Length <= 40 ? unknown : unknown[..40] + "…")}; it takes {string.Join(", ", Known)}");
        return new(Text(arguments, "task", MaxTask) ?? throw Bad("task is missing"))
        {
            Over = Over(arguments["over"]),
            Mode = Choice(arguments, "mode", Modes) ?? "auto",
            Per = Choice(arguments, "per", [.. Enum.GetNames<UnitKind>().Select(name => name.ToLowerInvariant())]) is { } per ? Enum.Parse<UnitKind>(per, ignoreCase: true) : null,
            Merge = Text(arguments, "merge", MaxTask),
            Reason = Choice(arguments, "reason", Reasons) ?? throw Bad($"reason is missing; one of {string.Join(", ", Reasons)}"),
        };
    }

    private static List<string> Over(JsonNode? node)
    {
        if (node is null) return [];
        if (node is JsonValue single && single.TryGetValue<string>(out var one)) return [Target(one)];
        if (node is not JsonArray list) throw Bad("over is neither a text nor a list of texts");
        if (list.Count > MaxOver) throw Bad($"over has {list.Count} entries; at most {MaxOver}: name folders");
        return [.. list.Select(item => item is JsonValue value && value.TryGetValue<string>(out var text) ? Target(text) : throw Bad("over holds something that is not a text"))];
    }

    private static string Target(string text) =>
        string.IsNullOrWhiteSpace(text) ? throw Bad("over holds an empty text") : text.Length > MaxTarget ? throw Bad($"over holds a text of {text.Length:N0} characters; at most {MaxTarget:N0}") : text;

    private static string? Choice(JsonObject arguments, string name, IReadOnlyList<string> legal) =>
        Text(arguments, name, 40) is not { } text ? null : legal.Contains(text) ? text : throw Bad($"{name} is \"{text}\"; one of {string.Join(", ", legal)}");

    private static string? Text(JsonObject arguments, string name, int most)
    {
        if (arguments[name] is not { } node) return null;
        if (node is not JsonValue value || !value.TryGetValue<string>(out var text)) throw Bad($"{name} is not a text");
        if (text.Length > most) throw Bad($"{name} has {text.Length:N0} characters; at most {most:N0}");
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    private static RecursionException Bad(string what) => new("bad_argument", what, "Call recurse again with {\"task\":…,\"over\":[…],\"reason\":…}.");
}
