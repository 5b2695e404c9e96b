using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Rlm.Recursion.Models.Cli;

/// <summary>Gemini's command line without a terminal. Its tools are turned off by settings that stand over the user's, and a run in which it used one all the same is thrown away.</summary>
internal static class GeminiAgent
{
    private const string Program = "gemini";

    /// <summary>By its documentation; not tried here.</summary>
    public static CliAgent Agent { get; } = new(Program, ["--output-format", "json", "--extensions", "none"], Read)
    {
        ConfigVariable = "GEMINI_CLI_HOME",
        Variables = [("GEMINI_CLI_SYSTEM_SETTINGS_PATH", "{folder}/settings.json")],
        Files = [("settings.json", """{"tools":{"core":[],"discoveryCommand":""},"mcp":{"allowed":["none"]},"mcpServers":{},"hooksConfig":{"enabled":false},"telemetry":{"enabled":false},"general":{"disableAutoUpdate":true}}""")],
        // It has no question about its login; that it runs is all that can be had for nothing.
        LoginArguments = ["--version"],
        FramingTokens = 40_000,
    };

    private static CliReply Read(CliProcess.Result result)
    {
        try
        {
            using var json = JsonDocument.Parse(result.Output);
            var reply = json.RootElement;
            if (CliReply.String(reply, "response") is not { } text) throw CliReply.Fault(Program, reply.ValueKind == JsonValueKind.Object && reply.TryGetProperty("error", out var error) ? error.GetRawText() : result.Complaint);
            var stats = reply.TryGetProperty("stats", out var all) ? all : default;
            if (stats.ValueKind == JsonValueKind.Object && stats.TryGetProperty("tools", out var tools) && CliReply.Number(tools, "totalCalls") is > 0) throw CliReply.Broken(Program, "it used a tool, which it may not");
            return new(text, Usage(stats));
        }
        catch (JsonException)
        {
            throw result.ExitCode == 0 ? CliReply.Broken(Program, "its output is no JSON") : CliReply.Fault(Program, result.Complaint + result.Output);
        }
    }

    private static UsageDetails? Usage(JsonElement stats)
    {
        if (stats.ValueKind != JsonValueKind.Object || !stats.TryGetProperty("models", out var models) || models.ValueKind != JsonValueKind.Object) return null;
        var tokens = models.EnumerateObject().Select(model => model.Value.ValueKind == JsonValueKind.Object && model.Value.TryGetProperty("tokens", out var counts) ? counts : default).ToArray();
        return new() { InputTokenCount = tokens.Sum(counts => CliReply.Number(counts, "prompt")), OutputTokenCount = tokens.Sum(counts => (CliReply.Number(counts, "candidates") ?? 0) + (CliReply.Number(counts, "thoughts") ?? 0)) };
    }
}
