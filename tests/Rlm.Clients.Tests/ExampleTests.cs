using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Rlm.Clients.Tests;

/// <summary>The programs and scripts of <c>examples/</c> do what their READMEs say, on a small repository with the built server on the PATH.</summary>
[Collection(OneAtATime.Name)]
public partial class ExampleTests
{
    private const string Review = "review-branch/review.sh", Ask = "codebase-qa/ask.sh";

    [Theory]
    [InlineData(0, "src/Price.cs:6-10@", "How are discounts computed?")]
    [InlineData(1, "unknown_symbol: asked nowhere", "How are discounts computed?", "nowhere")]
    [InlineData(2, "usage: ")]
    public async Task CodebaseQa_PrintsCheckedEvidenceOrTheError_WithTheExitCode(int code, string said, params string[] arguments)
    {
        using var shop = await ExampleShop.NewAsync();
        Judge(await shop.RunAsync(Ask, arguments), code, said);
    }

    [Fact]
    public async Task CodebaseQa_WithAModel_PrintsItsAnswerAndMarksAFalseQuote()
    {
        using var shop = await ExampleShop.NewAsync();
        using var model = new ScriptedModel(request => [Turn.Call("answer", new JsonObject
        {
            ["content"] = "As a part of the amount.",
            ["findings"] = new JsonArray(new JsonObject
            {
                ["text"] = "A part.",
                ["citations"] = new JsonArray([.. ((string[])["return amount - amount * percent / 100;", "return nothing;"]).Select(quote => new JsonObject { ["handle"] = Handle().Match(Told(request)).Value, ["quote"] = quote })]),
            }),
        })]);
        var outcome = await shop.RunAsync(Ask, ["How are discounts computed?"], Scripted(model));
        Judge(outcome, 0, "As a part of the amount.", "return amount - amount * percent / 100;");
        Assert.Equal(1, outcome.Output.Split("(quote: ").Length - 1);
    }

    [Theory]
    [InlineData(true, 1, "src/Basket.cs:7-10@")]
    [InlineData(false, 0, "review: judged 1 of 1")]
    public async Task ReviewBranch_JudgesTheChangedMember_AndExitsByTheVerdict(bool problem, int code, string said)
    {
        using var shop = await ExampleShop.NewAsync();
        using var model = new ScriptedModel(request => [Turn.Call("answer", Verdicts(request, problem))]);
        Judge(await shop.RunAsync(Review, [], Scripted(model)), code, said, "review: judged 1 of 1");
        var asked = Assert.Single(model.Requests);
        Assert.Contains("_price.Discounted(amount, 110)", asked, StringComparison.Ordinal);
        Assert.DoesNotContain("amount * percent", asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReviewBranch_ModelGivesNoVerdict_IsNoApproval()
    {
        using var shop = await ExampleShop.NewAsync();
        using var model = new ScriptedModel(Turn.Call("answer", new JsonObject { ["items"] = new JsonArray() }));
        Judge(await shop.RunAsync(Review, [], Scripted(model)), 1, "not judged: ", "judged 0 of 1");
    }

    [Fact]
    public async Task ReviewBranch_NothingChanged_Passes()
    {
        using var shop = await ExampleShop.NewAsync();
        using var model = new ScriptedModel(Turn.Say("not to be asked"));
        Judge(await shop.RunAsync(Review, ["HEAD..HEAD"], Scripted(model)), 0, "changes nothing to judge");
        Assert.Empty(model.Requests);
    }

    [Theory]
    [InlineData("extractive", 3, "no model is available")]
    [InlineData("nonsense", 2, "not a model back end")]
    public async Task ReviewBranch_WithoutAModel_SaysSo(string model, int code, string said)
    {
        using var shop = await ExampleShop.NewAsync();
        Judge(await shop.RunAsync(Review, [], ("RLM_MCP_MODEL", model)), code, said);
    }

    [Fact]
    public async Task StackTrace_GivesPlacesCallersAndHistory()
    {
        using var shop = await ExampleShop.NewAsync();
        Judge(await shop.RunAsync("stack-trace/trace.sh", [shop.Trace]), 0, "Shop.Price.Discounted [method 6-10] · frame: line 8", "frames not here: at System.Environment.Exit", "refs callers of src/Price.cs#Shop.Price.Discounted", " in Shop.Basket.Total [method 7-10] · invoke · exact", "A  shop: more discount");
        Judge(await shop.RunAsync("stack-trace/trace.sh", ["/nowhere"]), 2, "/nowhere");
        Judge(await shop.RunAsync("stack-trace/trace.sh", [ExampleShop.Example("README.md")]), 1);
        Judge(await shop.RunAsync("stack-trace/trace.sh", []), 2, "bad_argument"); // stdin is empty
    }

    [Fact]
    public async Task RefactoringPlan_GivesSitesMembersAndTests()
    {
        using var shop = await ExampleShop.NewAsync();
        Judge(await shop.RunAsync("refactoring-plan/plan.sh", ["Price.Discounted"]), 0, "kept: @impact, 2 items", "== src/Basket.cs:7-10@", "refs tests of Price.Discounted");
    }

    [Fact]
    public async Task CSharpClient_PrintsToolsAndThePlan()
    {
        using var shop = await ExampleShop.NewAsync();
        var client = Path.Combine(AppContext.BaseDirectory, "Rlm.Examples.Client");
        Judge(await shop.StartAsync(client, [shop.Folder, "Price.Discounted"]), 0, "== map", "== search", "== refs", "in Shop.Basket.Total [method 7-10] · invoke · exact", "@impact");
        Judge(await shop.StartAsync(client, [shop.Folder, "Price.Nothing"]), 1, "unknown_symbol");
        Judge(await shop.StartAsync(client, []), 2, "usage: ");
    }

    [Fact]
    public async Task ShellAgent_KeepsTheLogInASessionAndComputesWithIt()
    {
        using var shop = await ExampleShop.NewAsync();
        Judge(await shop.RunAsync("shell-agent/steps.sh", [shop.Trace]), 0, """{"total":1,"shown":1,"complete":true}""", """[["src/Basket.cs",1],["src/Price.cs",1]]""", """[["src/Price.cs",8]]""");
    }

    [Fact]
    public void Readmes_NameOnlyFilesThatExist()
    {
        var examples = ExampleShop.Example("");
        foreach (var readme in Directory.EnumerateFiles(examples, "README.md", SearchOption.AllDirectories))
        {
            var text = File.ReadAllText(readme);
            Assert.All(Link().Matches(text), link => Assert.True(Path.Exists(Path.Combine(Path.GetDirectoryName(readme)!, link.Groups[1].Value)), $"{readme} links to {link.Groups[1].Value}"));
            Assert.All(ShellScript().Matches(text), script => Assert.True(File.Exists(Path.Combine(examples, script.Groups[1].Value)), $"{readme} runs {script.Groups[1].Value}"));
        }
        Assert.All(Directory.GetDirectories(examples), folder => Assert.Contains($"]({Path.GetFileName(folder)}/README.md)", File.ReadAllText(Path.Combine(examples, "README.md")), StringComparison.Ordinal));
    }

    private static void Judge(Outcome outcome, int code, params string[] said)
    {
        Assert.All(said, text => Assert.Contains(text, outcome.Output, StringComparison.Ordinal));
        Assert.True(outcome.Code == code, $"exit {outcome.Code}\n{outcome.Output}");
    }

    private static (string, string)[] Scripted(ScriptedModel model) => [("ANTHROPIC_API_KEY", "dummy"), ("ANTHROPIC_BASE_URL", model.Address), ("RLM_MCP_MODEL", "anthropic:claude-sonnet-4-5")];

    // One verdict for each unit that the request shows.
    private static JsonObject Verdicts(JsonObject request, bool problem)
    {
        var units = Unit().Matches(Told(request));
        return new() { ["items"] = new JsonArray([.. units.Select(unit => new JsonObject { ["unit"] = int.Parse(unit.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture), ["value"] = new JsonObject { ["problem"] = problem, ["why"] = "more than all" }, ["confidence"] = 0.9 })]) };
    }

    private static string Told(JsonObject request) => (string)request["messages"]![0]!["content"]![0]!["text"]!;

    [GeneratedRegex(@"src/Price\.cs:[0-9]+-[0-9]+@[0-9a-f]{8}")]
    private static partial Regex Handle();

    [GeneratedRegex("<unit id=\"(\\d+)\"")]
    private static partial Regex Unit();

    [GeneratedRegex(@"\]\(([^)#:]+)(?:#[^)]*)?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"/clone/examples/(\S+\.sh)")]
    private static partial Regex ShellScript();
}
