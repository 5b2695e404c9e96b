using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Rlm.Clients.Tests;

/// <summary>The agent of <c>examples/google-adk</c>: its root is played in Gemini's wire format, its sub-agents in that of chat completions.</summary>
[Collection(OneAtATime.Name)]
public partial class AdkTests
{
    private const string Question = "What do the methods compute?";

    [Fact]
    public async Task Agent_SearchesReadsRecurses_AndTheNextOneRemembers()
    {
        var (node, folder) = (await ClientPackages.NodeAsync(), await ClientPackages.ExampleAsync("google-adk"));
        using var shop = await ExampleShop.NewAsync();
        using var model = new ScriptedModel(request => IsLeaf(request) ? [Turn.Call("answer", Judged(request))] :
        [
            Turn.Call("search", new JsonObject { ["pattern"] = "Discounted" }),
            Turn.Call("read", new JsonObject { ["targets"] = new JsonArray("src/Price.cs:6-10") }),
            Turn.Call("recurse", new JsonObject { ["task"] = Question, ["over"] = new JsonArray("src/*.cs"), ["per"] = "symbol", ["merge"] = "none" }),
            Turn.Say(Script.Final),
        ]);
        var outcome = await RunAsync(model);
        Assert.True(outcome.Code == 0, outcome.Output);
        Assert.Contains(Script.Final, outcome.Output, StringComparison.Ordinal);
        var told = model.ToolResults;
        Assert.Equal(3, told.Count);
        Assert.Contains("in Shop.Basket.Total [method 7-10]", told[0], StringComparison.Ordinal);
        Assert.Contains("9\t        return amount - amount * percent / 100;", told[1], StringComparison.Ordinal);
        Assert.True(told[2].Contains("coverage: 2 units = 2 judged + 0 failed + 0 skipped", StringComparison.Ordinal), told[2]);
        Assert.Contains("citations: 2 of 2 stand where they say", told[2], StringComparison.Ordinal);
        Assert.Contains("a part of the amount", told[2], StringComparison.Ordinal);
        Assert.Contains(model.Requests, request => request.Contains("\"name\":\"session\"", StringComparison.Ordinal) && !request.Contains("\"name\":\"program\"", StringComparison.Ordinal)); // the tools that it was given, and no others

        using var later = new ScriptedModel(
            Turn.Call("session", new JsonObject { ["action"] = "list" }),
            Turn.Call("session", listed => new() { ["id"] = SessionId().Match(listed[0]).Value }),
            Turn.Say("REMEMBERED"));
        outcome = await RunAsync(later);
        Assert.True(outcome.Code == 0, outcome.Output);
        Assert.Contains("REMEMBERED", outcome.Output, StringComparison.Ordinal);
        Assert.Contains(Question, later.ToolResults[0], StringComparison.Ordinal);
        Assert.Contains("a part of the amount", later.ToolResults[1], StringComparison.Ordinal);
        Assert.DoesNotContain(later.Requests, request => request.Contains("<unit id=", StringComparison.Ordinal));

        Task<Outcome> RunAsync(ScriptedModel played) => shop.StartAsync(node, [Path.Combine(folder, "agent.mjs"), shop.Folder, Question], ("GEMINI_API_KEY", "dummy"), ("GOOGLE_GEMINI_BASE_URL", played.Address));
    }

    [Fact]
    public async Task Agent_WithoutAQuestionOrAModel_SaysSo()
    {
        var (node, agent) = (await ClientPackages.NodeAsync(), Path.Combine(await ClientPackages.ExampleAsync("google-adk"), "agent.mjs"));
        using var shop = await ExampleShop.NewAsync();
        var usage = await shop.StartAsync(node, [agent, shop.Folder], ("GEMINI_API_KEY", "dummy"));
        Assert.Equal(2, usage.Code);
        Assert.StartsWith("usage: ", usage.Output, StringComparison.Ordinal);
        var mute = await shop.StartAsync(node, [agent, shop.Folder, Question], ("GEMINI_API_KEY", "dummy"), ("GOOGLE_GEMINI_BASE_URL", "http://127.0.0.1:9"));
        Assert.True(mute.Code == 1, mute.Output);
        Assert.Contains("fetch failed", mute.Output, StringComparison.Ordinal);
    }

    private static bool IsLeaf(JsonObject request) => request["messages"] is not null;

    private static JsonObject Judged(JsonObject request)
    {
        var units = Unit().Matches(Regex.Unescape(request["messages"]!.ToJsonString()));
        return new() { ["items"] = new JsonArray([.. units.Select(Verdict)]) };
    }

    private static JsonObject Verdict(Match unit)
    {
        var isPrice = unit.Groups["handle"].Value.Contains("Price", StringComparison.Ordinal);
        var quote = isPrice ? "return amount - amount * percent / 100;" : "return _price.Discounted(amount, 110);";
        return new()
        {
            ["unit"] = int.Parse(unit.Groups["id"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture),
            ["value"] = isPrice ? "a part of the amount" : "a price",
            ["citations"] = new JsonArray(new JsonObject { ["handle"] = unit.Groups["handle"].Value, ["quote"] = quote }),
        };
    }

    [GeneratedRegex("<unit id=\"(?<id>\\d+)\" handle=\"(?<handle>[^\"]+)\"")]
    private static partial Regex Unit();

    [GeneratedRegex("s-[a-z0-9]+")]
    private static partial Regex SessionId();
}
