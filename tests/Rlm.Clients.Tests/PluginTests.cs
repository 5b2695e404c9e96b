using System.Text.Json.Nodes;

namespace Rlm.Clients.Tests;

/// <summary>The plugin of <c>examples/</c> in real Claude Code: its server is started, its skill and its sub-agent are known, and the sub-agent has our tools and no others.</summary>
[Collection(OneAtATime.Name)]
public class PluginTests
{
    private const string Brief = "Find the needle in your part";

    [Fact]
    public async Task ClaudeCode_LoadsThePlugin_AndItsSubAgentWorksABrief()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the server is put on the PATH by a link");
        var claude = await ClientPackages.ClaudeCodeAsync();
        using var workspace = new Workspace();
        var bin = Path.GetDirectoryName(workspace.Write("bin/here", ""))!;
        File.CreateSymbolicLink(Path.Combine(bin, "rlm-mcp"), Served.Server);
        using var model = new ScriptedModel(request => IsReader(request)
            ? [Turn.Call("__search", new JsonObject { ["pattern"] = "needle" }), Turn.Say("one place")]
            : [Turn.Call("Agent", new JsonObject { ["description"] = "A part", ["prompt"] = Brief, ["subagent_type"] = "rlm:reader", ["run_in_background"] = false }), Turn.Say(Script.Final)]);
        var environment = ClaudeCodeTests.Environment(workspace, model, legacy: true);
        environment["PATH"] = bin + ":" + System.Environment.GetEnvironmentVariable("PATH");
        var outcome = await ClientRun.RunAsync(claude, ["-p", "Find the needle.", "--plugin-dir", Path.Combine(Examples(), "claude-code-plugin"), "--allowedTools", "mcp__plugin_rlm_rlm,Agent,Task", "--output-format", "stream-json", "--verbose", "--no-session-persistence"],
            workspace.Repository, environment, Script.Limit);
        Assert.True(outcome.Code == 0, outcome.Output);
        Assert.Contains("\"plugin:rlm:rlm\"", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("rlm:codebase", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("rlm:reader", outcome.Output, StringComparison.Ordinal);
        Assert.Contains(Script.Final, outcome.Output, StringComparison.Ordinal);
        Assert.Contains(model.ToolResults, told => told.Contains("/// <summary>The needle.</summary>", StringComparison.Ordinal));
        var reader = model.Requests.Select(request => JsonNode.Parse(request)!.AsObject()).First(IsReader);
        var tools = reader["tools"]!.AsArray().Select(tool => (string)tool!["name"]!).ToArray();
        Assert.Contains("mcp__plugin_rlm_rlm__read", tools);
        Assert.All(tools, tool => Assert.True(tool.StartsWith("mcp__plugin_rlm_rlm__", StringComparison.Ordinal) || tool is "ToolSearch" or "DeferredToolPlaceholder", tool)); // the client's own way to tools that it loads later
    }

    // A conversation that begins with the brief is the sub-agent's.
    private static bool IsReader(JsonObject request) => ((request["messages"] as JsonArray)?[0]?["content"]?.ToJsonString() ?? "").Contains(Brief, StringComparison.Ordinal);

    private static string Examples()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Rlm.Mcp.sln"))) folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("the sources are not above the tests");
        return Path.Combine(folder, "examples");
    }
}
