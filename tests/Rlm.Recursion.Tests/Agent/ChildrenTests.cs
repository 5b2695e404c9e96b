using System.Text.Json;
using Rlm.Recursion.Budget;
using Rlm.Recursion.Context;
using Rlm.Recursion.Sessions;
using static Rlm.Recursion.Tests.Agent.ScriptedAgent;

namespace Rlm.Recursion.Tests.Agent;

public class ChildrenTests
{
    private static readonly (string, object) Part = ("recurse", new { task = "part", reason = "too_large", over = "src", mode = "map", per = "symbol" });

    [Fact]
    public async Task Child_GetsItsRequestAndItsAnswerComesBack()
    {
        var bench = new AgentBench(Of(Calls(Part), Answers("done")));
        await bench.RunAsync();
        var request = Assert.Single(bench.Children.Requests);
        Assert.Equal(("part", "map", UnitKind.Symbol, "too_large"), (request.Task, request.Mode, request.Per, request.Reason));
        Assert.Equal(["src"], request.Over);
        Assert.Contains("child says", Text(bench.Model.Sent[1].Messages), StringComparison.Ordinal);
        Assert.Contains(bench.Entries, entry => entry.Note == "reason too_large; gain 0 new citations");
    }

    [Fact]
    public async Task LevelWithoutNewCitation_StopsTheDescent()
    {
        var bench = new AgentBench(Of(Calls(Part, Part), Calls(Part), Answers("done")));
        await bench.RunAsync();
        Assert.Equal(2, bench.Children.Requests.Count);
        Assert.Contains("going deeper has stopped", Text(bench.Model.Sent[2].Messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LevelWithNewCitation_MayGoOn_UntilNothingNew()
    {
        var bench = new AgentBench(Of(Calls(Part), Calls(Part), Calls(Part), Answers("done")));
        bench.Children.Reply = (_, state) => state with { Status = SessionStatus.Complete, Findings = [new("u", null, JsonSerializer.SerializeToElement(1), "t", [new("h", "q", QuoteCheck.Exact), new("h2", "q2", QuoteCheck.False)])] };
        await bench.RunAsync();
        Assert.Equal(2, bench.Children.Requests.Count);
        Assert.Equal(["reason too_large; gain 1 new citations", "reason too_large; gain 0 new citations"], bench.Entries.Where(entry => entry.Note is not null).Select(entry => entry.Note!));
    }

    [Fact]
    public async Task OwnTaskOverWholeScope_IsRefused()
    {
        var bench = new AgentBench(Of(Calls(("recurse", new { task = "where is max? ", reason = "asked" })), Answers("done")));
        await bench.RunAsync();
        Assert.Empty(bench.Children.Requests);
    }

    [Fact]
    public async Task EngineRefuses_ModelSeesItAndTrajectoryHasIt()
    {
        var bench = new AgentBench(Of(Calls(Part), Answers("done")));
        bench.Children.Reply = (_, _) => throw new BudgetSpentException("calls", "64 of 64 calls spent");
        Assert.Equal(SessionStatus.Complete, (await bench.RunAsync()).Status);
        Assert.Contains("budget_spent: 64 of 64 calls spent", Text(bench.Model.Sent[1].Messages), StringComparison.Ordinal);
        Assert.Contains(bench.Entries, entry => entry is { Kind: "limit", Tool: "recurse" });
    }

    [Fact]
    public async Task EightyPercentUsed_NoNewChildrenAndOneLastRequest()
    {
        var bench = new AgentBench(Of(Calls(Part), Answers("what I have", ready: false)), limits: new() { Calls = 10, Depth = 2 });
        bench.Children.Reply = (_, state) =>
        {
            bench.Session.Ledger.Reserve(new(7, 0, 0, 0)).Settle(new(7, 0, 0, 0));
            return state with { Status = SessionStatus.Complete };
        };
        var state = await bench.RunAsync();
        Assert.Equal((SessionStatus.Partial, "80 % of a limit is used", 9L), (state.Status, state.Reason, state.Spent.Calls));
        Assert.Equal(["no new children"], state.Steps);
    }

    [Fact]
    public async Task LeanRoot_SeesMapAndRecurseOnly_ChildrenRead()
    {
        var lean = new RecursionOptions { LeanRoot = true };
        Assert.Equal(["map", "recurse", "answer"], await ToolsAt(0, lean));
        Assert.Equal(["map", "read", "boom", "recurse", "answer"], await ToolsAt(1, lean));
        Assert.Equal(["map", "read", "boom", "recurse", "answer"], await ToolsAt(0, new()));
    }

    private static async Task<IEnumerable<string>> ToolsAt(int depth, RecursionOptions options)
    {
        var bench = new AgentBench(Of(Answers("done")), depth: depth, options: options);
        await bench.RunAsync();
        return bench.Model.Sent[0].Options.Tools!.Select(tool => tool.Name);
    }
}
