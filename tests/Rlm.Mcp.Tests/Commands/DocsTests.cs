using System.Text.RegularExpressions;
using Rlm.Mcp.Commands;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Tests.Commands;

/// <summary>Texts that describe the code are compared with it.</summary>
public partial class DocsTests
{
    private static string Repository { get; } = FindRepository();

    [Fact]
    public void ReadmeToolTable_EqualsTheRegistry()
    {
        var rows = Rows("README.md", "## Tools").Select(row => row.Trim('`')).ToList();
        Assert.Equal(ToolSet.Definitions.Select(definition => definition.Name), rows);
    }

    [Fact]
    public void ReadmeOperatorFlags_EqualTheTable() =>
        Assert.Equal(OperatorFlags.All.Select(flag => flag.Usage), Rows("README.md", "## Operator flags").Select(row => row.Trim('`')));

    [Fact]
    public void CodeMap_NamesEveryFolderAndOnlyPathsThatExist()
    {
        var text = File.ReadAllText(Path.Combine(Repository, "src", "README.md"));
        var paths = PathPattern().Matches(text).Select(match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(paths);
        Assert.All(paths, path => Assert.True(Path.Exists(Path.Combine(Repository, "src", path)), $"src/README.md names {path}, which does not exist"));
        var folders = Directory.GetDirectories(Path.Combine(Repository, "src"), "*", SearchOption.AllDirectories)
            .Where(folder => Directory.EnumerateFiles(folder, "*.cs").Any())
            .Select(folder => Path.GetRelativePath(Path.Combine(Repository, "src"), folder).Replace('\\', '/') + "/");
        Assert.All(folders, folder => Assert.True(paths.Contains(folder), $"src/README.md says nothing about {folder}"));
    }

    [Theory]
    [InlineData("mcp.json.example", "mcpServers")]
    [InlineData("examples/vscode/mcp.json", "servers")]
    public void ExampleSettings_AreValidAndTheReadmeShowsThem(string file, string key)
    {
        var settings = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(Path.Combine(Repository, file)))!;
        Assert.Equal("serve", (string)settings[key]!["rlm"]!["args"]![0]!);
        Assert.Contains(File.ReadAllText(Path.Combine(Repository, file)), File.ReadAllText(Path.Combine(Repository, "README.md")));
    }

    // First cells of the first table under a heading.
    private static IEnumerable<string> Rows(string file, string heading) =>
        File.ReadAllLines(Path.Combine(Repository, file)).SkipWhile(line => line != heading)
            .SkipWhile(line => !line.StartsWith('|')).TakeWhile(line => line.StartsWith('|')).Skip(2)
            .Select(line => line.Split('|')[1].Trim());

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Rlm.Mcp.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("the tests do not run below the repository");
    }

    [GeneratedRegex(@"`([\w.]+(?:/[\w.]*)*(?:/|\.cs|\.csproj))`")]
    private static partial Regex PathPattern();
}
