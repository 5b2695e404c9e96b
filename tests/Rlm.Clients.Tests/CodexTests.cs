namespace Rlm.Clients.Tests;

[Collection(OneAtATime.Name)]
public class CodexTests
{
    [Fact]
    public async Task Codex_MapsSearchesAndReads()
    {
        var codex = await ClientPackages.CodexAsync();
        using var workspace = new Workspace();
        using var model = Script.Play();
        var settings = workspace.Write("codex/config.toml", Settings(model, Served.Command(workspace.WireLog, "--root", workspace.Repository)));
        var environment = workspace.Environment(("CODEX_HOME", Path.GetDirectoryName(settings)!), ("FAKE_KEY", "dummy"));
        var outcome = await ClientRun.RunAsync(codex, ["exec", "--json", "--skip-git-repo-check", "Answer with the tools."], workspace.Repository, environment, Script.Limit);
        Script.Judge(workspace, model, outcome);
        Assert.Equal("initialize", workspace.Exchanges()[0].Method);
    }

    // required: without it the first request to the model can leave before the tools are known.
    private static string Settings(ScriptedModel model, string[] command) =>
        $$"""
        model = "fake-model"
        model_provider = "fake"
        approval_policy = "never"
        sandbox_mode = "read-only"

        [model_providers.fake]
        name = "fake"
        base_url = "{{model.Address}}/v1"
        env_key = "FAKE_KEY"
        wire_api = "responses"
        request_max_retries = 0
        stream_max_retries = 0

        [mcp_servers.rlm]
        command = '{{command[0]}}'
        args = [{{string.Join(", ", command[1..].Select(argument => $"'{argument}'"))}}]
        env = { DOTNET_ROOT = '{{ClientRun.DotnetRoot}}' }
        required = true
        startup_timeout_sec = 60
        tool_timeout_sec = 60
        """;
}
