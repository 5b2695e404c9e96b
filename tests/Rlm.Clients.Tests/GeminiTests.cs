namespace Rlm.Clients.Tests;

[Collection(OneAtATime.Name)]
public class GeminiTests
{
    // What a user has in it before us: the way to sign in. The rest keeps the run off the network.
    private const string Settings = """
        {
          "security": { "auth": { "selectedType": "gemini-api-key" } },
          "privacy": { "usageStatisticsEnabled": false },
          "general": { "enableAutoUpdate": false, "enableAutoUpdateNotification": false }
        }
        """;

    [Fact]
    public async Task GeminiCli_SetUpByInit_MapsSearchesAndReads()
    {
        var gemini = await ClientPackages.GeminiAsync();
        using var workspace = new Workspace();
        using var model = Script.Play();
        workspace.Write("home/.gemini/settings.json", Settings);
        await workspace.InitAsync("gemini");
        var environment = workspace.Environment(("GEMINI_API_KEY", "dummy"), ("GOOGLE_GEMINI_BASE_URL", model.Address), ("GEMINI_CLI_TRUST_WORKSPACE", "true"));
        var outcome = await ClientRun.RunAsync(gemini[0], [gemini[1], "-p", "Answer with the tools.", "--approval-mode", "yolo", "--output-format", "stream-json", "-m", "gemini-2.5-pro"], workspace.Repository, environment, Script.Limit);
        Script.Judge(workspace, model, outcome);
        Assert.Equal("initialize", workspace.Exchanges()[0].Method);
    }
}
