using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Rlm.Recursion.Models.Cli;

/// <summary>Codex in its non-interactive mode. It cannot be called wholly without tools, so what can be turned off is off, and a run in which it used one all the same is thrown away.</summary>
internal static class CodexAgent
{
    private const string Program = "codex";

    private static readonly string[] Off =
    [
        "shell_tool", "unified_exec", "apps", "browser_use", "browser_use_external", "computer_use", "hooks", "image_generation", "multi_agent", "plugins", "remote_plugin",
        "skill_search", "skill_mcp_dependency_install", "tool_suggest", "view_image", "sleep_tool", "code_mode_host",
    ];

    /// <summary>Its options are those of version 0.169.0, whose own instructions were measured at 51 KB. Its model is still told of "exec", which then has no host to run in.</summary>
    public static CliAgent Agent { get; } = new(Program,
        ["exec", "--sandbox", "read-only", "--skip-git-repo-check", "--ephemeral", "--ignore-user-config", "--ignore-rules", "--color", "never", "--json", "-c", "web_search=\"disabled\"", .. Off.SelectMany(feature => new[] { "--disable", feature }), "-"],
        Read)
    {
        ConfigVariable = "CODEX_HOME",
        LoginArguments = ["login", "status"],
        FramingTokens = 64_000,
    };

    private static CliReply Read(CliProcess.Result result)
    {
        string? text = null, complaint = null;
        UsageDetails? usage = null;
        foreach (var line in result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            using var json = Parse(line);
            var entry = json.RootElement;
            switch (CliReply.String(entry, "type"))
            {
                case "item.started" or "item.completed" when entry.TryGetProperty("item", out var item):
                    text = Item(item) ?? text;
                    break;
                case "turn.completed" when entry.TryGetProperty("usage", out var counts):
                    usage = new() { InputTokenCount = CliReply.Number(counts, "input_tokens"), OutputTokenCount = CliReply.Number(counts, "output_tokens"), CachedInputTokenCount = CliReply.Number(counts, "cached_input_tokens") };
                    break;
                case "error" or "turn.failed":
                    complaint = entry.GetRawText();
                    break;
            }
        }
        if (text is not null && usage is not null) return new(text, usage);
        throw CliReply.Fault(Program, complaint ?? (result.Complaint + result.Output));
    }

    private static JsonDocument Parse(string line)
    {
        try
        {
            return JsonDocument.Parse(line);
        }
        catch (JsonException)
        {
            throw CliReply.Broken(Program, "a line of its output is no JSON");
        }
    }

    // Anything but words and thoughts is a tool at work.
    private static string? Item(JsonElement item) => CliReply.String(item, "type") switch
    {
        "agent_message" => CliReply.String(item, "text"),
        "reasoning" or "error" or "todo_list" => null,
        var other => throw CliReply.Broken(Program, $"it used a tool ({other}), which it may not"),
    };
}
