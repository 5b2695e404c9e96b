using System.Text.Json.Nodes;

namespace Rlm.Clients.Tests;

/// <summary>
/// VS Code cannot be driven here, so its settings file is checked against the schema that VS Code itself checks it against: <c>mcpServerSchema</c> of its
/// source (src/vs/workbench/contrib/mcp/common/mcpConfiguration.ts), taken from the build of that source on npm.
/// </summary>
[Collection(OneAtATime.Name)]
public class VsCodeTests
{
    private const string Checker = """
        import { readFileSync } from 'node:fs';
        import Ajv from 'ajv';
        import { mcpServerSchema } from '@codingame/monaco-vscode-api/vscode/vs/workbench/contrib/mcp/common/mcpConfiguration';

        const { id, ...schema } = mcpServerSchema; // the name of a draft that the checker does not know
        const check = new Ajv({ strict: false, validateFormats: false }).compile(schema);
        for (const file of process.argv.slice(2)) console.log(check(JSON.parse(readFileSync(file, 'utf8'))) ? 'fits' : 'refused: ' + JSON.stringify(check.errors));
        """;

    private const string Others = """
        {
          "inputs": [{ "type": "promptString", "id": "key", "description": "A key", "password": true }],
          "servers": {
            "other": { "type": "http", "url": "https://example.org/mcp", "headers": { "Authorization": "Bearer ${input:key}" } }
          }
        }
        """;

    [Fact]
    public async Task SettingsFiles_FitTheSchemaOfVsCode()
    {
        var (node, packages) = (await ClientPackages.NodeAsync(), await ClientPackages.VsCodeSchemaAsync());
        var checker = Path.Combine(packages, "check.mjs");
        await File.WriteAllTextAsync(checker, Checker, TestContext.Current.CancellationToken);
        using Workspace fresh = new(), shared = new();
        await fresh.InitAsync("vscode");
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(shared.Repository, ".vscode")).FullName, "mcp.json"), Others);
        await shared.InitAsync("vscode");
        var example = await File.ReadAllTextAsync(ExampleShop.Example("vscode/mcp.json"), TestContext.Current.CancellationToken);
        string[] files =
        [
            ExampleShop.Example("vscode/mcp.json"), Settings(fresh), Settings(shared),
            fresh.Write("key.json", example.Replace("\"command\"", "\"timeout\": 1, \"command\"", StringComparison.Ordinal)),
            fresh.Write("servers.json", example.Replace("\"servers\"", "\"mcpServers\"", StringComparison.Ordinal)),
        ];
        var outcome = await ClientRun.RunAsync(node, [checker, .. files], packages, fresh.Environment(), Script.Limit);
        Assert.True(outcome.Code == 0, outcome.Output);
        Assert.Equal(["fits", "fits", "fits", "refused", "refused"], outcome.Output.Trim().Split('\n').Select(line => line.Split(':')[0].Trim()));
        Assert.Equal(["rlm", "other"], JsonNode.Parse(File.ReadAllText(Settings(shared)))!["servers"]!.AsObject().Select(server => server.Key));
    }

    private static string Settings(Workspace workspace) => Path.Combine(workspace.Repository, ".vscode", "mcp.json");
}
