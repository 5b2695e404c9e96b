using System.Text.Json.Nodes;

namespace Rlm.Clients.Tests;

[Collection(OneAtATime.Name)]
public class ClaudeCodeTests
{
    [Theory]
    [InlineData(false, "server/discover", "2026-07-28")]
    [InlineData(true, "initialize", "2025-11-25")]
    public async Task ClaudeCode_MapsSearchesAndReads(bool legacy, string opening, string version)
    {
        var claude = await ClientPackages.ClaudeCodeAsync();
        using var workspace = new Workspace();
        using var model = Script.Play();
        var outcome = await ClientRun.RunAsync(claude, Arguments(workspace), workspace.Repository, Environment(workspace, model, legacy), Script.Limit);
        Script.Judge(workspace, model, outcome);

        var first = workspace.Exchanges()[0];
        Assert.Equal(opening, first.Method);
        Assert.Contains(version, first.Answer!.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains(model.Requests, request => request.Contains("One repository as a context store", StringComparison.Ordinal)); // the instructions reach the model
    }

    [Fact]
    public async Task ClaudeCode_SetUpByInit_MapsSearchesAndReads()
    {
        var claude = await ClientPackages.ClaudeCodeAsync();
        using var workspace = new Workspace();
        using var model = Script.Play();
        await workspace.InitAsync("claude");
        // What a user says by approving the project's server when asked.
        string[] arguments = ["-p", "Answer with the tools.", "--settings", """{"enableAllProjectMcpServers":true}""", "--allowedTools", "mcp__rlm", "--output-format", "stream-json", "--verbose", "--no-session-persistence"];
        var outcome = await ClientRun.RunAsync(claude, arguments, workspace.Repository, Environment(workspace, model, legacy: false), Script.Limit);
        Script.Judge(workspace, model, outcome);
    }

    /// <summary>Its command line with our server alone, behind the spy.</summary>
    internal static string[] Arguments(Workspace workspace, params string[] moreTools)
    {
        var command = Served.Command(workspace.WireLog);
        var configuration = new JsonObject
        {
            ["mcpServers"] = new JsonObject
            {
                ["rlm"] = new JsonObject
                {
                    ["type"] = "stdio",
                    ["command"] = command[0],
                    ["args"] = new JsonArray([.. command[1..].Select(argument => (JsonNode)argument)]),
                    ["env"] = new JsonObject { ["DOTNET_ROOT"] = ClientRun.DotnetRoot },
                },
            },
        };
        return ["-p", "Answer with the tools.", "--mcp-config", workspace.Write("mcp.json", configuration.ToJsonString()), "--strict-mcp-config", "--allowedTools", string.Join(',', ["mcp__rlm", .. moreTools]),
            "--output-format", "stream-json", "--verbose", "--no-session-persistence"];
    }

    // ENABLE_TOOL_SEARCH is left alone: our alwaysLoad metadata must do its work.
    internal static Dictionary<string, string> Environment(Workspace workspace, ScriptedModel model, bool legacy)
    {
        var environment = workspace.Environment(("ANTHROPIC_BASE_URL", model.Address), ("ANTHROPIC_API_KEY", "dummy"), ("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1"));
        if (legacy) environment["MCP_PROTOCOL_NEGOTIATION"] = "legacy";
        return environment;
    }
}

/// <summary>Clients are heavy: one at a time.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class OneAtATime
{
    public const string Name = "clients";
}
