using System.Text.Json.Nodes;

namespace Rlm.Clients.Tests;

[Collection(OneAtATime.Name)]
public class InspectorTests
{
    [Theory]
    [InlineData("legacy")]
    [InlineData("modern")]
    public async Task StrictListing_Passes(string era)
    {
        var (outcome, _) = await InspectAsync(era, "--strict", "--method", "tools/list");
        Assert.True(outcome.Code == 0, outcome.Output);
        Assert.Contains("\"map\"", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("warning", outcome.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("legacy")]
    [InlineData("modern")]
    public async Task Call_GivesTheText(string era)
    {
        var (outcome, wire) = await InspectAsync(era, "--method", "tools/call", "--tool-name", "map", "--tool-args-json", "{}");
        Assert.True(outcome.Code == 0, outcome.Output);
        var call = Assert.Single(wire, exchange => exchange.Method == "tools/call");
        Assert.NotEmpty(call.Text);
    }

    private static async Task<(Outcome Outcome, IReadOnlyList<Exchange> Wire)> InspectAsync(string era, params string[] arguments)
    {
        var inspector = await ClientPackages.InspectorAsync();
        using var workspace = new Workspace();
        string[] all = [inspector[1], "--cli", "-q", "--protocol-era", era, "--format", "json", .. Served.Command(workspace.WireLog, "--root", workspace.Repository), .. arguments];
        var outcome = await ClientRun.RunAsync(inspector[0], all, workspace.Repository, workspace.Environment(), Script.Limit);
        return (outcome, File.Exists(workspace.WireLog) ? workspace.Exchanges() : []);
    }
}
