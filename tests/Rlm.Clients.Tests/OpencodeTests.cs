using System.Text.Json.Nodes;

namespace Rlm.Clients.Tests;

[Collection(OneAtATime.Name)]
public class OpencodeTests
{
    [Fact]
    public async Task Opencode_SetUpByInit_MapsSearchesAndReads()
    {
        var opencode = await ClientPackages.OpencodeAsync();
        using var workspace = new Workspace();
        using var model = Script.Play();
        workspace.Write("home/.config/opencode/opencode.json", Settings(model));
        await workspace.InitAsync("opencode");
        // It fetches its providers' packages by npm where it can; here it is told not to, and does with what it brings along.
        var environment = workspace.Environment(("OPENCODE_DISABLE_AUTOUPDATE", "1"), ("OPENCODE_DISABLE_MODELS_FETCH", "1"), ("npm_config_offline", "true"), ("npm_config_fetch_retries", "0"));
        var outcome = await ClientRun.RunAsync(opencode, ["run", "--format", "json", "Answer with the tools."], workspace.Repository, environment, Script.Limit);
        Script.Judge(workspace, model, outcome);
        Assert.Equal("initialize", workspace.Exchanges()[0].Method);
        Assert.Contains(model.Requests, request => request.Contains("One repository as a context store", StringComparison.Ordinal)); // the instructions reach the model
    }

    private static string Settings(ScriptedModel model) => new JsonObject
    {
        ["autoupdate"] = false,
        ["share"] = "disabled",
        ["model"] = "scripted/one",
        ["small_model"] = "scripted/one",
        ["provider"] = new JsonObject
        {
            ["scripted"] = new JsonObject
            {
                ["npm"] = "@ai-sdk/openai-compatible",
                ["options"] = new JsonObject { ["baseURL"] = model.Address + "/v1", ["apiKey"] = "dummy" },
                ["models"] = new JsonObject { ["one"] = new JsonObject { ["name"] = "one", ["tool_call"] = true } },
            },
        },
    }.ToJsonString();
}
