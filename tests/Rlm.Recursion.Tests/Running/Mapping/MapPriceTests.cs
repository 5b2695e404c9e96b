using System.Text.Json.Nodes;
using Rlm.Recursion.Sessions;
using Rlm.Recursion.Tests.Doubles;

namespace Rlm.Recursion.Tests.Running.Mapping;

public class MapPriceTests
{
    private static readonly RecurseRequest Names = new("Name each file's subject.") { Mode = "map", Merge = "none" };

    [Theory]
    [InlineData(300, 900, "none", false)]
    [InlineData(60, 9_000, "none", false)]
    [InlineData(5, 200, "count", false)]
    [InlineData(200, 3_000, "Say what the subjects are.", false)]
    [InlineData(30, 4_000, "count", true)]
    public async Task DryRun_WithinAQuarterOfTheCost(int files, int characters, string merge, bool verify)
    {
        var context = MapRunTests.Files(files, characters);
        var request = Names with { Merge = merge, Verify = verify };
        var model = Honest();
        var priced = await MapRunTests.Run(new() { Leaf = model, Context = context }, request with { DryRun = true });
        Assert.Empty(model.Calls);
        var spent = (await MapRunTests.Run(new() { Leaf = model, Context = context }, request)).Spent;
        var estimate = priced.Estimate!;
        Assert.InRange(estimate.Likely.Tokens, spent.Tokens * 0.75, spent.Tokens * 1.25);
        Assert.InRange(spent.Tokens, estimate.Low.Tokens, estimate.Worst.Tokens);
        Assert.InRange(spent.Calls, estimate.Low.Calls, estimate.Worst.Calls);
    }

    [Fact]
    public async Task KnownUnits_CostNothing()
    {
        var (context, memo) = (MapRunTests.Files(50), new KeptMemo());
        await MapRunTests.Run(new() { Leaf = Honest(), Context = context, Memo = memo }, Names);
        var priced = await MapRunTests.Run(new() { Leaf = Honest(), Context = context, Memo = memo }, Names with { DryRun = true });
        Assert.Equal(default, priced.Estimate!.Likely);
    }

    [Fact]
    public async Task PlanBeyondTheBudget_SpendsNothing()
    {
        var model = Honest();
        var state = await MapRunTests.Run(new() { Leaf = model, Context = MapRunTests.Files(400, 9_000), Limits = RecursionOptions.StandardLimits with { Calls = 10 } }, Names);
        Assert.Empty(model.Calls);
        Assert.Equal((SessionStatus.Failed, 400), (state.Status, state.Coverage.Skipped));
        Assert.Contains("nothing was spent", state.Reason, StringComparison.Ordinal);
        Assert.NotNull(state.Estimate);
    }

    [Fact]
    public async Task AutoBeyondTheBudget_JudgesTheBestRanked()
    {
        var model = Honest();
        var context = MapRunTests.Files(400, 9_000);
        context.Ranked = ["src/0399.txt", "src/0007.txt"];
        var state = await MapRunTests.Run(new() { Leaf = model, Context = context, Limits = RecursionOptions.StandardLimits with { Calls = 10 } }, Names with { Mode = "auto" });
        Assert.Equal(SessionStatus.Partial, state.Status);
        Assert.InRange(state.Coverage.Judged, 60, 100);
        Assert.Equal(400 - state.Coverage.Judged, state.Coverage.Skipped);
        Assert.Contains("subject 0399", state.Findings.Select(finding => finding.Text));
        Assert.Contains("subject 0007", state.Findings.Select(finding => finding.Text));
        Assert.Contains(state.Notes, note => note.Contains("best-ranked", StringComparison.Ordinal));
        Assert.True(state.Estimate!.Likely.Calls > 10);
    }

    [Fact]
    public async Task MergeIsPaidForFromTheStart()
    {
        // Replies cost calls until nothing is left but what was kept back for the merge.
        var model = new ScriptedModelCalls(call => call.Purpose == "reduce" ? Replies.Submit(new() { ["content"] = "merged" }) : Replies.Items(call.Units.Where(unit => unit.Id % 2 == call.Number % 2).Select(unit => Replies.Item(unit, unit.FirstLine))));
        var state = await MapRunTests.Run(new() { Leaf = model, Context = MapRunTests.Files(100, 9_000), Limits = RecursionOptions.StandardLimits with { Calls = 13 } }, Names with { Merge = "Say it in short." });
        Assert.Equal((SessionStatus.Partial, "merged", 13), (state.Status, state.Answer.Content, model.Calls.Count));
        Assert.Equal("reduce", model.Calls[^1].Purpose);
    }

    private static ScriptedModelCalls Honest() => new(call => call.Purpose switch
    {
        "reduce" => Replies.Submit(new() { ["content"] = new string('m', 1_500) }),
        "verify" => Replies.Submit(new JsonObject { ["verdict"] = "confirm", ["reason"] = "It stands there." }),
        _ => Replies.Judged(call, unit => unit.FirstLine),
    });
}
