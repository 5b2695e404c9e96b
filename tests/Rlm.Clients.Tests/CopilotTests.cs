namespace Rlm.Clients.Tests;

[Collection(OneAtATime.Name)]
public class CopilotTests
{
    [Fact]
    public async Task CopilotCli_SetUpByInit_MapsSearchesAndReads_WithoutALogin()
    {
        var copilot = await ClientPackages.CopilotAsync();
        using var workspace = new Workspace();
        using var model = Script.Play();
        await workspace.InitAsync("copilot");
        // Offline it signs in nowhere and asks only the provider that it is given.
        var environment = workspace.Environment(("COPILOT_OFFLINE", "true"), ("COPILOT_PROVIDER_BASE_URL", model.Address + "/v1"), ("COPILOT_PROVIDER_API_KEY", "dummy"), ("COPILOT_MODEL", "scripted"));
        string[] arguments = ["-p", "Answer with the tools.", "--allow-all-tools", "--no-ask-user", "--disable-builtin-mcps", "--output-format", "json", "--no-auto-update"];
        var outcome = await ClientRun.RunAsync(copilot, arguments, workspace.Repository, environment, Script.Limit);
        Script.Judge(workspace, model, outcome);
        Assert.Equal("server/discover", workspace.Exchanges()[0].Method);
    }
}
