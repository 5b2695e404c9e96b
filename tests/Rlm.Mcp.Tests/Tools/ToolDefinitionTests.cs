using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rlm.Mcp.Hosting;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Tests.Tools;

/// <summary>What clients are told about the tools: the public interface, kept as a snapshot for each tool.</summary>
public class ToolDefinitionTests
{
    public static TheoryData<string> Names => [.. ToolSet.Definitions.Select(definition => definition.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Listing_EqualsItsSnapshot(string name)
    {
        var definition = Definition(name);
        var actual = new JsonObject
        {
            ["name"] = definition.Name,
            ["title"] = definition.Title,
            ["description"] = definition.Description,
            ["inputSchema"] = definition.InputSchema(),
            ["readOnly"] = definition.ReadOnly,
            ["openWorld"] = definition.OpenWorld,
            ["alwaysLoad"] = definition.AlwaysLoad,
        }.ToJsonString(new JsonSerializerOptions { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }).ReplaceLineEndings("\n") + "\n";
        var file = Path.Combine(Folder(), name + ".json");
        if (!File.Exists(file) && Environment.GetEnvironmentVariable("CI") is null) File.WriteAllText(file, actual);
        Assert.True(File.Exists(file), $"There is no snapshot {file}. Run the tests once outside CI to write it, and commit it.");
        if (File.ReadAllText(file).ReplaceLineEndings("\n") == actual) return;
        Assert.Fail($"The listing of {name} differs from its snapshot. A new or renamed argument is a change of the public interface: keep an alias and say so in the README.\n"
            + $"To accept it: rm tests/Rlm.Mcp.Tests/ToolSnapshots/{name}.json && dotnet run --project tests/Rlm.Mcp.Tests -- -class '*.ToolDefinitionTests'\n{actual}");
    }

    [Fact]
    public void Snapshots_AreOfToolsThatExist() =>
        Assert.Equal(Names.Select(row => row.Data).Order(), Directory.GetFiles(Folder(), "*.json").Select(Path.GetFileNameWithoutExtension).Order());

    [Theory]
    [InlineData("map", true, "")]
    [InlineData("search", true, "pattern")]
    [InlineData("read", true, "targets")]
    [InlineData("history", true, "")]
    [InlineData("recurse", false, "task")]
    public void Facts_AreThoseOfTheContract(string name, bool readOnly, string required)
    {
        var definition = Definition(name);
        Assert.Equal((readOnly, false, true), (definition.ReadOnly, definition.OpenWorld, definition.AlwaysLoad));
        Assert.Equal(required, string.Join(' ', definition.Parameters.Where(parameter => parameter.Required).Select(parameter => parameter.Name)));
    }

    [Fact]
    public void Tools_ComeInTheContractsOrder() => Assert.Equal(["map", "search", "read", "refs", "history", "program", "recurse", "session"], ToolSet.Definitions.Select(definition => definition.Name));

    [Fact]
    public void DefinitionsAndInstructions_StayUnder2500Tokens()
    {
        var text = new JsonArray([.. ToolSet.Definitions.Select(definition => (JsonNode)new JsonObject
        {
            ["name"] = definition.Name,
            ["title"] = definition.Title,
            ["description"] = definition.Description,
            ["inputSchema"] = definition.InputSchema(),
            ["annotations"] = new JsonObject { ["readOnlyHint"] = definition.ReadOnly, ["destructiveHint"] = false, ["idempotentHint"] = true, ["openWorldHint"] = definition.OpenWorld },
            ["_meta"] = new JsonObject { ["anthropic/alwaysLoad"] = true },
        })]).ToJsonString() + ServerInstructions.Text;
        Assert.InRange(Encoding.UTF8.GetByteCount(text) / 4, 1, 2_500);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Texts_AreShortAndPlain(string name)
    {
        var definition = Definition(name);
        Assert.InRange(definition.Description.Length, 40, 499);
        Assert.NotEmpty(definition.Title);
        Assert.Equal(definition.Parameters.Count, definition.Parameters.Select(parameter => parameter.Name).Distinct().Count());
        foreach (var parameter in definition.Parameters)
        {
            Assert.InRange(parameter.Description.Length, 3, 59);
            Assert.All(parameter.Name, c => Assert.True(char.IsAsciiLetterLower(c) || c == '_'));
        }
        Assert.All(definition.Description, c => Assert.InRange(c, ' ', '~'));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Schema_IsClosedAndConstant(string name)
    {
        var schema = Definition(name).InputSchema();
        Assert.False((bool)schema["additionalProperties"]!);
        Assert.Equal(schema.ToJsonString(), Definition(name).InputSchema().ToJsonString());
        foreach (var (_, property) in schema["properties"]!.AsObject()) Assert.NotNull((string?)property!["description"]);
    }

    private static ToolDefinition Definition(string name) => ToolSet.Definitions.Single(definition => definition.Name == name);

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "ToolSnapshots");
}

public sealed class ToolRegistryTests
{
    [Fact]
    public void Registry_HoldsTheToolsThatAreListed()
    {
        using var bench = new ToolBench();
        var registry = ToolSet.Create(new(new Rlm.Context.ContextOptions { Root = bench.Root }, new Rlm.Recursion.RecursionOptions()));
        Assert.Equal(ToolSet.Definitions, registry.Tools.Select(tool => tool.Definition));
        Assert.Null(registry.Find("nosuch"));
    }

    [Fact]
    public void Cancellation_IsThrownAndNothingElse()
    {
        using var bench = new ToolBench();
        bench.Write("a.txt", "x\n");
        var registry = ToolSet.Create(new(new Rlm.Context.ContextOptions { Root = bench.Root }, new Rlm.Recursion.RecursionOptions()));
        var arguments = new Dictionary<string, JsonElement> { ["pattern"] = JsonSerializer.SerializeToElement("x") };
        Assert.ThrowsAny<OperationCanceledException>(() => ToolRegistry.Call(registry.Find("search")!, arguments, new(false, null), new CancellationToken(canceled: true)));
    }

    [Fact]
    public void MissingRoot_IsAnErrorWithoutItsPath()
    {
        var registry = ToolSet.Create(new(new Rlm.Context.ContextOptions { Root = "/no/such/folder-of-ours" }, new Rlm.Recursion.RecursionOptions()));
        var result = ToolRegistry.Call(registry.Find("map")!, [], new(false, null), default);
        Assert.True(result.IsError);
        Assert.DoesNotContain("folder-of-ours", result.Text);
        Assert.NotEqual(ErrorCodes.Internal, result.ErrorCode);
    }
}
