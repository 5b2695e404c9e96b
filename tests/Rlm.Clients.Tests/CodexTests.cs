namespace Rlm.Clients.Tests;

[Collection(OneAtATime.Name)]
public class CodexTests
{
    // Under load the first request to the model can leave before the tools are known.
    private static readonly string[] Exec = ["exec", "--strict-config", "--json", "--skip-git-repo-check", "-c", "mcp_servers.rlm.required=true", "-c", "mcp_servers.rlm.startup_timeout_sec=60", "Answer with the tools."];

    [Fact]
    public async Task Codex_SetUpByInit_MapsSearchesAndReads()
    {
        var codex = await ClientPackages.CodexAsync();
        using var workspace = new Workspace();
        using var model = Script.Play();
        workspace.Write("home/.codex/config.toml", Settings(model));
        await workspace.InitAsync("codex");
        await JudgeAsync(codex, workspace, model);
    }

    [Fact]
    public async Task Example_ServesAndTeaches()
    {
        var codex = await ClientPackages.CodexAsync();
        using var workspace = new Workspace();
        using var model = Script.Play();
        var fragment = await File.ReadAllTextAsync(ExampleShop.Example("codex/config.toml"), TestContext.Current.CancellationToken);
        Assert.Contains("/absolute/path/to/this/clone/rlm", fragment, StringComparison.Ordinal);
        workspace.Write("home/.codex/config.toml", Settings(model) + fragment.Replace("/absolute/path/to/this/clone/rlm", workspace.Launcher(), StringComparison.Ordinal));
        File.Copy(ExampleShop.Example("codex/AGENTS.md"), Path.Combine(workspace.Repository, "AGENTS.md"));
        await JudgeAsync(codex, workspace, model);
        Assert.Contains(model.Requests, request => request.Contains("Ask it before you open files or grep in a shell.", StringComparison.Ordinal));
    }

    private static async Task JudgeAsync(string codex, Workspace workspace, ScriptedModel model)
    {
        var outcome = await ClientRun.RunAsync(codex, Exec, workspace.Repository, workspace.Environment(("FAKE_KEY", "dummy")), Script.Limit);
        Script.Judge(workspace, model, outcome);
        Assert.Equal("initialize", workspace.Exchanges()[0].Method);
    }

    private static string Settings(ScriptedModel model) =>
        $"""
        model = "fake-model"
        model_provider = "fake"
        approval_policy = "never"
        sandbox_mode = "read-only"

        [model_providers.fake]
        name = "fake"
        base_url = "{model.Address}/v1"
        env_key = "FAKE_KEY"
        wire_api = "responses"
        request_max_retries = 0
        stream_max_retries = 0


        """;
}
