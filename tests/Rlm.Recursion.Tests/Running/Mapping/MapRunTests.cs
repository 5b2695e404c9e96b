using System.Text.Json.Nodes;
using Rlm.Recursion.Context;
using Rlm.Recursion.Running;
using Rlm.Recursion.Sessions;
using Rlm.Recursion.Tests.Doubles;

namespace Rlm.Recursion.Tests.Running.Mapping;

public class MapRunTests
{
    private static readonly RecurseRequest Names = new("Name each file's subject.") { Mode = "map", Merge = "none" };

    [Fact]
    public async Task EveryUnitAnswered_CompleteInOrder()
    {
        var state = await Run(new() { Leaf = Honest(), Context = Files(20) }, Names);
        Assert.Equal(SessionStatus.Complete, state.Status);
        Assert.Equal(Enumerable.Range(0, 20).Select(file => $"subject {file:0000}"), state.Findings.Select(finding => finding.Text));
        Assert.All(state.Findings.SelectMany(finding => finding.Citations), citation => Assert.Equal(QuoteCheck.Exact, citation.Checked));
    }

    [Fact]
    public async Task ThousandUnitsWithFaults_NoneLostAndFewCalls()
    {
        var random = new Random(7);
        var model = new ScriptedModelCalls(call => Replies.Items(call.Units.Where(_ => call.Units.Count < 30 || random.Next(100) >= 5).Select(unit => Replies.Item(unit, unit.FirstLine))));
        var context = Files(1000, 900);
        var state = await Run(new() { Leaf = model, Context = context }, Names);
        var characters = context.Units(ContextScope.Everything, UnitKind.File, default).Units.Sum(unit => unit.Characters + 110L);
        Assert.Equal(SessionStatus.Complete, state.Status);
        Assert.Equal(Enumerable.Range(0, 1000).Select(file => $"subject {file:0000}"), state.Findings.Select(finding => finding.Text));
        Assert.Equal((characters + 99_999) / 100_000, model.Calls.Count(call => call.Units.Count >= 70));
        Assert.InRange(model.Calls.Count, 10, 16);
    }

    [Fact]
    public async Task SecondIdenticalRun_CallsNothing()
    {
        var memo = new MemoryMemo();
        var context = Files(100);
        await Run(new() { Leaf = Honest(), Context = context, Memo = memo }, Names);
        var second = Honest();
        var state = await Run(new() { Leaf = second, Context = context, Memo = memo }, Names);
        Assert.Empty(second.Calls);
        Assert.Equal((SessionStatus.Complete, 100), (state.Status, state.Findings.Count));
    }

    internal static ScriptedModelCalls Honest() => new(call => Replies.Judged(call, unit => unit.FirstLine));

    internal static FakeContext Files(int count, int characters = 100)
    {
        var context = new FakeContext();
        for (var file = 0; file < count; file++) context.Files[$"src/{file:0000}.txt"] = $"subject {file:0000}\n{new string('x', characters)}\n";
        return context;
    }

    internal static async Task<SessionState> Run(RunBuilder builder, RecurseRequest request)
    {
        var run = builder.Run(request);
        await MapRun.RunAsync(run, TestContext.Current.CancellationToken);
        var state = run.Session.State;
        Assert.True(state.IsEnded);
        Assert.Equal(state.Coverage.Units, state.Coverage.Judged + state.Coverage.Failed + state.Coverage.Skipped);
        return state;
    }
}
