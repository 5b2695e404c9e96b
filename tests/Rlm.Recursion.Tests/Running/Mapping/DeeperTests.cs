using System.Text.Json.Nodes;
using Rlm.Recursion.Context;
using Rlm.Recursion.Sessions;
using Rlm.Recursion.Tests.Doubles;

namespace Rlm.Recursion.Tests.Running.Mapping;

public class DeeperTests
{
    private static readonly RecurseRequest Names = new("Name each file's subject.") { Mode = "map", Merge = "none" };

    [Fact]
    public async Task OnlyUncertainUnits_GoDeeperOnceAndGain()
    {
        var builder = new RunBuilder { Leaf = Uncertain(gains: true), Context = MapRunTests.Files(6) };
        var state = await MapRunTests.Run(builder, Names);
        var model = (ScriptedModelCalls)builder.Leaf;
        Assert.Equal([6, 1, 1], model.Calls.Select(call => call.Units.Count));
        Assert.Contains("<context handle=", model.Calls[1].User, StringComparison.Ordinal);
        Assert.Equal(["deeper", "deeper"], state.Findings.Where(finding => finding.Text == "deeper").Select(finding => finding.Text));
        Assert.Equal(["uncertain: asked again with more context; 1 new citation", "contradiction: asked again with more context; 1 new citation"], builder.Trajectory.Entries.Select(entry => entry.Note));
        Assert.Equal(SessionStatus.Complete, state.Status);
    }

    [Fact]
    public async Task NothingNewCited_FirstAnswerStays()
    {
        var state = await MapRunTests.Run(new() { Leaf = Uncertain(gains: false), Context = MapRunTests.Files(6) }, Names);
        Assert.DoesNotContain("deeper", state.Findings.Select(finding => finding.Text));
    }

    [Fact]
    public async Task WentDeeperBefore_CallsNothing()
    {
        var (context, memo) = (MapRunTests.Files(6), new KeptMemo());
        await MapRunTests.Run(new() { Leaf = Uncertain(gains: true), Context = context, Memo = memo }, Names);
        var second = Uncertain(gains: true);
        var state = await MapRunTests.Run(new() { Leaf = second, Context = context, Memo = memo }, Names);
        Assert.Empty(second.Calls);
        Assert.Equal(2, state.Findings.Count(finding => finding.Text == "deeper"));
    }

    [Fact]
    public async Task NearTheEndOfTheBudget_NoneGoDeeper()
    {
        var model = Uncertain(gains: true);
        var state = await MapRunTests.Run(new() { Leaf = model, Context = MapRunTests.Files(6), Limits = RecursionOptions.StandardLimits with { Calls = 1 } }, Names);
        Assert.Single(model.Calls);
        Assert.Equal(["no new children"], state.Steps);
        Assert.Contains("2 uncertain units were not asked again: the budget is nearly spent", state.Notes);
    }

    [Fact]
    public async Task RefutedClaims_LeaveTheAnswer()
    {
        var model = new ScriptedModelCalls(call => call.Purpose == "verify"
            ? Replies.Submit(new() { ["verdict"] = call.User.Contains("subject 0002", StringComparison.Ordinal) ? "refute" : call.User.Contains("subject 0003", StringComparison.Ordinal) ? "nonsense" : "confirm" })
            : Replies.Judged(call, unit => unit.FirstLine));
        var state = await MapRunTests.Run(new() { Leaf = model, Context = MapRunTests.Files(5) }, Names with { Verify = true, Merge = "count" });
        Assert.Equal("subject 0002", Assert.Single(state.Findings, finding => finding.IsUnsupported).Text);
        Assert.DoesNotContain("0002", state.Answer.Content, StringComparison.Ordinal);
        Assert.Equal((SessionStatus.Partial, 1), (state.Status, state.Coverage.Reasons["refuted by an independent check"]));
        Assert.Contains("verified: 3 confirmed, 1 refuted, 0 unclear, 1 not checked", state.Notes);
        Assert.Equal(6, model.Calls.Count);
    }

    [Fact]
    public async Task PairsShareAName()
    {
        var context = new FakeContext();
        context.Files["a.txt"] = "method Open\n  1\nmethod Close\n  2\nmethod Only\n  3\n";
        context.Files["b.txt"] = "method Open\n  4\nmethod Close\n  5\n";
        context.Files["c.txt"] = "method Open\n  6\n";
        var model = new ScriptedModelCalls(call => Replies.Items(Enumerable.Range(1, call.User.Split("<unit id=").Length - 1).Select(id => new JsonObject { ["unit"] = id, ["value"] = "alike" })));
        var state = await MapRunTests.Run(new() { Leaf = model, Context = context }, Names with { Per = UnitKind.Pair, Merge = "count" });
        Assert.Equal((SessionStatus.Complete, 4, """{"alike":4}"""), (state.Status, state.Coverage.Units, state.Answer.Content));
        Assert.Equal(4, model.Calls[0].User.Split("<with handle=").Length - 1);
        var across = await MapRunTests.Run(new() { Leaf = model, Context = context }, Names with { Per = UnitKind.Pair, Over = ["a.txt", "b.txt"] });
        Assert.Equal(2, across.Coverage.Units);
        Assert.Equal(["a.txt#Open ~ b.txt#Open", "a.txt#Close ~ b.txt#Close"], across.Findings.Select(finding => finding.Name));
        Assert.All(across.Findings, finding => Assert.StartsWith("b.txt:", finding.With, StringComparison.Ordinal));
    }

    private static ScriptedModelCalls Uncertain(bool gains) => new(call =>
    {
        var items = call.Units.Select(unit =>
        {
            var isDeep = call.User.Contains("<context ", StringComparison.Ordinal);
            var item = Replies.Item(unit, isDeep ? "deeper" : unit.FirstLine, isDeep && gains ? "xxxx" : null);
            if (unit.FirstLine == "subject 0002") item["confidence"] = 0.2;
            if (unit.FirstLine == "subject 0004") item["conflict"] = "it says both";
            return item;
        });
        return Replies.Items(items);
    });
}
