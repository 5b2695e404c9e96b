using System.Diagnostics;
using Microsoft.Extensions.AI;
using Rlm.Recursion.Context;
using Rlm.Recursion.Models;
using Rlm.Recursion.Sessions;
using Rlm.Recursion.Tests.Agent;
using Rlm.Recursion.Tests.Doubles;

namespace Rlm.Recursion.Tests.Engine;

public sealed class EngineTests
{
    private static readonly RecurseRequest Map = new("judge it") { Mode = "map", Per = UnitKind.File, Merge = "none" };
    private static readonly RecurseRequest Agent = new("explore it") { Mode = "agent" };

    private static readonly string[] Sources = ["src/"];

    private static ChatResponse Judged(ScriptedCall call) => Replies.Judged(call, _ => "yes");

    // The first reply comes, the others never: what was judged before a kill stays.
    private static Func<ScriptedCall, CancellationToken, Task<ChatResponse>> Stuck(Func<ScriptedCall, bool> isStuck, Func<ScriptedCall, ChatResponse> answer) =>
        (call, _) => isStuck(call) ? new TaskCompletionSource<ChatResponse>().Task : Task.FromResult(answer(call));

    [Fact]
    public void IdenticalRequestAtWork_IsJoined()
    {
        var go = new TaskCompletionSource();
        using var bench = new EngineBench(async (call, _) =>
        {
            await go.Task;
            return Judged(call);
        }).WithFiles(2);
        var engine = bench.Engine();
        var (one, two) = (engine.Start(Map, bench.Caller, CancellationToken.None), engine.Start(Map with { }, bench.Caller, CancellationToken.None));
        Assert.Equal(one.Id, two.Id);
        Assert.NotEqual(one.Id, engine.Start(Map with { Task = "another" }, bench.Caller, CancellationToken.None).Id);
        go.SetResult();
        Assert.Equal(SessionStatus.Complete, bench.Wait(engine, one.Id).Status);
    }

    [Fact]
    public void IdenticalFinishedRequest_CostsNoCall()
    {
        using var bench = new EngineBench(Judged).WithFiles(3);
        var first = bench.Run(bench.Engine(), Map);
        var sent = bench.Calls.Count;
        bench.Context.Files["src/f01.txt"] += "\n";
        var second = bench.Run(bench.Engine(), Map);
        Assert.Equal((SessionStatus.Complete, sent + 1), (second.Status, bench.Calls.Count));
        Assert.Equal(0, bench.Run(bench.Engine(), Map).Spent.Calls);
        Assert.NotEqual(first.Id, second.Id);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Restart_GoesOnAndPaysNoFinishedLeafAgain(bool byRequest)
    {
        var isStuck = true;
        using var bench = new EngineBench(Stuck(call => isStuck && call.Units.Any(unit => unit.Handle.StartsWith("src/f03", StringComparison.Ordinal)), Judged)).WithFiles(5);
        foreach (var path in bench.Context.Files.Keys.ToList()) bench.Context.Files[path] += new string('x', 90_000) + "\n";
        var engine = bench.Engine();
        var id = engine.Start(Map, bench.Caller, CancellationToken.None).Id;
        SpinWait.SpinUntil(() => engine.Find(id).Coverage.Judged == 4, EngineBench.Long);
        engine.Dispose();
        Assert.Equal(SessionStatus.Running, bench.Engine().Find(id).Status);
        isStuck = false;
        var before = bench.Calls.Count;
        var next = bench.Engine();
        if (byRequest) Assert.Equal(id, next.Start(Map, bench.Caller, CancellationToken.None).Id);
        var state = bench.Wait(next, id);
        Assert.Equal((SessionStatus.Complete, 5, 1), (state.Status, state.Coverage.Judged, bench.Calls.Count - before));
        Assert.Equal(bench.Calls.Count, state.Spent.Calls);
    }

    [Fact]
    public void Cancel_SendsNothingMoreAndKeepsFindings()
    {
        using var bench = new EngineBench(Stuck(call => call.Number > 1, Judged)) { Options = new() { Limits = RecursionOptions.StandardLimits with { Parallel = 1 } } }.WithFiles(4);
        foreach (var path in bench.Context.Files.Keys.ToList()) bench.Context.Files[path] += new string('x', 90_000) + "\n";
        var engine = bench.Engine();
        var id = engine.Start(Map, bench.Caller, CancellationToken.None).Id;
        SpinWait.SpinUntil(() => bench.Calls.Count == 2 && engine.Find(id).Findings.Count == 1, EngineBench.Long);
        Assert.Equal(SessionStatus.Cancelled, engine.Cancel(id).Status);
        var state = bench.Wait(engine, id);
        Assert.Equal((SessionStatus.Cancelled, 1, 2), (state.Status, state.Findings.Count, bench.Calls.Count));
        Assert.Equal(SessionStatus.Cancelled, engine.Cancel(id).Status);
        engine.Dispose();
        Assert.Equal((SessionStatus.Cancelled, 1), (bench.Engine().Find(id).Status, bench.Engine().Find(id).Findings.Count));
    }

    [Fact]
    public void CancelOfAParent_CancelsItsChildren()
    {
        using var bench = new EngineBench(Stuck(call => call.User.Contains("sub-question", StringComparison.Ordinal), _ => ScriptedAgent.Calls(("recurse", new { task = "sub-question", over = Sources, mode = "agent", reason = "asked" })))).WithFiles(2);
        var engine = bench.Engine();
        var id = engine.Start(Agent, bench.Caller, CancellationToken.None).Id;
        SpinWait.SpinUntil(() => bench.Calls.Count == 2, EngineBench.Long);
        engine.Cancel(id);
        var child = Assert.Single(bench.Wait(engine, id).Children);
        Assert.Equal(SessionStatus.Cancelled, bench.Wait(engine, child).Status);
        engine.Dispose();
        Assert.Equal(SessionStatus.Cancelled, bench.Engine().Find(child).Status);
        Assert.True(bench.Calls.Count == 2, string.Join("\n=====\n", bench.Calls.Select(call => ScriptedAgent.Text(call.Messages.Skip(1)))));
    }

    [Theory]
    [InlineData("ask")]
    [InlineData("map")]
    [InlineData("agent")]
    public void Shutdown_IsQuickAndLeavesItRunning(string mode)
    {
        using var bench = new EngineBench(Stuck(_ => true, Judged)).WithFiles(2);
        var engine = bench.Engine();
        var id = engine.Start(new("judge it") { Mode = mode }, bench.Caller, CancellationToken.None).Id;
        SpinWait.SpinUntil(() => bench.Calls.Count == 1, EngineBench.Long);
        var begun = Stopwatch.GetTimestamp();
        engine.Dispose();
        Assert.InRange(Stopwatch.GetElapsedTime(begun).TotalSeconds, 0, 2.5);
        Assert.Equal(SessionStatus.Running, bench.Engine().Find(id).Status);
    }

    [Fact]
    public async Task CallThatIsCancelledByTheEndOfTheProcess_LeavesItsSessionRunning()
    {
        using var bench = new EngineBench(Stuck(_ => true, Judged)).WithFiles(2);
        var engine = bench.Engine();
        var id = engine.Start(Map, bench.Caller, CancellationToken.None).Id;
        SpinWait.SpinUntil(() => bench.Calls.Count == 1, EngineBench.Long);
        engine.Dispose();
        Assert.Equal(SessionStatus.Running, engine.Cancel(id).Status);
        Assert.Equal("not_available", (await Assert.ThrowsAsync<RecursionException>(() => engine.WaitAsync(id, EngineBench.Long, bench.Caller, CancellationToken.None))).Code);
        Assert.Equal(SessionStatus.Running, bench.Engine().Find(id).Status);
    }

    [Theory]
    [InlineData("ask", "How many are there?", "Decide first what counts")]
    [InlineData("map", "How many are there?", "Decide first what counts")]
    [InlineData("map", "Where is it?", "our own way")]
    [InlineData("agent", "How many are there?", "Say what counts as one")]
    public void Strategy_ReachesEveryMode(string mode, string task, string expected)
    {
        using var bench = new EngineBench(call => mode == "map" ? Judged(call) : Replies.Submit(new() { ["content"] = "none", ["ready"] = true }))
        { Options = new() { Strategies = new Dictionary<string, string> { ["find"] = "our own way" } } }.WithFiles(2);
        Assert.True(bench.Run(bench.Engine(), new(task) { Mode = mode, Merge = mode == "map" ? "none" : null }).IsEnded);
        Assert.Contains(expected, ScriptedAgent.Text(bench.Calls.First().Messages), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ask", "merge is for mode map and had no effect here")]
    [InlineData("agent", "merge and per are for mode map and had no effect here")]
    public void ArgumentOfAnotherMode_IsSaidToHaveNoEffect(string mode, string note)
    {
        using var bench = new EngineBench(_ => Replies.Submit(new() { ["content"] = "none", ["ready"] = true })).WithFiles(2);
        Assert.Equal([note], bench.Run(bench.Engine(), new("What is it?") { Mode = mode, Merge = "count", Per = UnitKind.Symbol }).Notes);
    }

    [Fact]
    public void QuestionThatNeedsNoSession_KeepsNone()
    {
        using var bench = new EngineBench(Judged) { Context = { Exact = "7 files" } }.WithFiles(2);
        var engine = bench.Engine();
        var state = bench.Run(engine, new("How many files?"));
        Assert.Equal((SessionStatus.Complete, "store", "7 files"), (state.Status, state.Mode, state.Answer.Content));
        Assert.Empty(engine.List().Sessions);
        Assert.Empty(Directory.GetFiles(Path.Combine(bench.Folder!, "sessions")));
    }

    [Fact]
    public void FolderThatHasGrownTooLarge_IsTrimmedByTheNextProcess()
    {
        using var bench = new EngineBench(Judged).WithFiles(2);
        var old = bench.Run(bench.Engine(), Map);
        var engine = bench.Engine(options: new() { MaxKeptBytes = 1 });
        var id = bench.Run(engine, Map with { Task = "another" }).Id;
        Assert.True(SpinWait.SpinUntil(() => engine.Peek(old.Id) is null, EngineBench.Long));
        Assert.NotNull(engine.Peek(id));
    }

    [Fact]
    public void WaitThatIsOver_SaysRunning()
    {
        using var bench = new EngineBench(Stuck(_ => true, Judged)).WithFiles(1);
        var engine = bench.Engine();
        var id = engine.Start(Map, bench.Caller, CancellationToken.None).Id;
        Assert.Equal(SessionStatus.Running, bench.Wait(engine, id, TimeSpan.FromMilliseconds(20)).Status);
        Assert.Equal(SessionStatus.Running, bench.Wait(engine, id, TimeSpan.Zero).Status);
    }

    [Theory]
    [InlineData("s-nosuch")]
    [InlineData("")]
    [InlineData("../../etc/passwd")]
    [InlineData("s-aaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task UnknownId_IsTold(string id)
    {
        using var bench = new EngineBench(Judged);
        var engine = bench.Engine();
        Assert.Equal("unknown_session", Assert.Throws<RecursionException>(() => engine.Find(id)).Code);
        Assert.Equal("unknown_session", Assert.Throws<RecursionException>(() => engine.Cancel(id)).Code);
        Assert.Equal("unknown_session", Assert.Throws<RecursionException>(() => engine.Trajectory(id)).Code);
        Assert.Equal("unknown_session", Assert.Throws<RecursionException>(() => engine.Submit(id, "x", null, bench.Caller, CancellationToken.None)).Code);
        Assert.Equal("unknown_session", (await Assert.ThrowsAsync<RecursionException>(() => engine.WaitAsync(id, EngineBench.Long, bench.Caller, CancellationToken.None))).Code);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(9)]
    public void DepthLimit_OpensNoneBelow(int depth)
    {
        // Every session asks for one more below it, as far as it is let.
        using var bench = new EngineBench(call => !call.Messages.Any(message => message.Role == ChatRole.Assistant)
            ? ScriptedAgent.Calls(("recurse", new { task = $"question {call.Number}", over = Sources, mode = "agent", reason = "asked" })) : ScriptedAgent.Answers("done"))
        { Options = new() { Limits = RecursionOptions.StandardLimits with { Depth = depth } } }.WithFiles(2);
        var engine = bench.Engine();
        Assert.Equal(SessionStatus.Complete, bench.Run(engine, Agent).Status);
        var deepest = Math.Min(depth, RecursionOptions.HardDepth);
        Assert.Equal(Enumerable.Range(0, deepest + 1), engine.List().Sessions.Select(session => session.Depth).Order());
    }

    [Fact]
    public void ChildThatAsksForTheWorkOfOneAboveIt_DoesNotWaitForItself()
    {
        // A asks B, B asks A's own question again: joined, each would wait for the other.
        using var bench = new EngineBench(call => call.Messages.Any(message => message.Role == ChatRole.Assistant) ? ScriptedAgent.Answers("done")
            : ScriptedAgent.Calls(("recurse", new { task = call.User.Contains("first question", StringComparison.Ordinal) ? "second question" : "first question", mode = "agent", reason = "asked" })))
        { Options = new() { Limits = RecursionOptions.StandardLimits with { Depth = 3 } } }.WithFiles(2);
        Assert.Equal(SessionStatus.Complete, bench.Run(bench.Engine(), Agent).Status);
    }

    [Fact]
    public void SameChildTwice_RunsOnce()
    {
        var child = ("recurse", (object)new { task = "sub-question", over = Sources, mode = "agent", reason = "asked" });
        using var bench = new EngineBench(call => call.User.Contains("sub-question", StringComparison.Ordinal) || call.Messages.Any(message => message.Role == ChatRole.Assistant) ? ScriptedAgent.Answers("done") : ScriptedAgent.Calls(child, child)).WithFiles(2);
        var engine = bench.Engine();
        Assert.Equal(SessionStatus.Complete, bench.Run(engine, Agent).Status);
        Assert.Equal(2, engine.List().Sessions.Count);
    }

    [Fact]
    public async Task TwoProcesses_RunASessionOnce()
    {
        var go = new TaskCompletionSource();
        using var bench = new EngineBench(async (call, _) =>
        {
            await go.Task;
            return Judged(call);
        }).WithFiles(1);
        var (one, two) = (bench.Engine(), bench.Engine());
        var id = one.Start(Map, bench.Caller, CancellationToken.None).Id;
        Assert.Equal(id, two.Start(Map, bench.Caller, CancellationToken.None).Id);
        var waiting = Task.Run(() => bench.Wait(two, id));
        Assert.Equal("not_available", Assert.Throws<RecursionException>(() => two.Cancel(id)).Code);
        SpinWait.SpinUntil(() => bench.Calls.Count == 1, EngineBench.Long);
        go.SetResult();
        Assert.Equal(SessionStatus.Complete, (await waiting).Status);
        Assert.Single(bench.Calls);
    }

    [Fact]
    public async Task ProcessThatDiesWhileAnotherWaits_IsTakenOver()
    {
        var isStuck = true;
        using var bench = new EngineBench(Stuck(_ => isStuck, Judged)).WithFiles(1);
        var (one, two) = (bench.Engine(), bench.Engine());
        var id = one.Start(Map, bench.Caller, CancellationToken.None).Id;
        SpinWait.SpinUntil(() => bench.Calls.Count == 1, EngineBench.Long);
        var waiting = Task.Run(() => bench.Wait(two, id));
        isStuck = false;
        one.Dispose();
        Assert.Equal(SessionStatus.Complete, (await waiting).Status);
    }

    [Fact]
    public async Task OtherBackEnd_DoesNotGoOnWithASession()
    {
        using var bench = new EngineBench(Stuck(_ => true, Judged)).WithFiles(1);
        var engine = bench.Engine();
        var id = engine.Start(Map, bench.Caller, CancellationToken.None).Id;
        engine.Dispose();
        var before = bench.Calls.Count;
        var fault = await Assert.ThrowsAsync<RecursionException>(() => bench.Engine().WaitAsync(id, EngineBench.Long, new("host", "host"), CancellationToken.None));
        Assert.Equal(("not_available", before), (fault.Code, bench.Calls.Count));
        Assert.Equal(SessionStatus.Cancelled, bench.Engine().Cancel(id).Status);
    }

    [Fact]
    public void LowerCeilings_HoldForWhatWasBegunUnderHigherOnes()
    {
        using var bench = new EngineBench(Stuck(_ => true, Judged)).WithFiles(1);
        var engine = bench.Engine();
        var id = engine.Start(Map, bench.Caller, CancellationToken.None).Id;
        engine.Dispose();
        var next = bench.Engine(options: new() { Limits = RecursionOptions.StandardLimits with { Tokens = 1_000, Calls = 3 } });
        next.Start(Map, bench.Caller, CancellationToken.None);
        Assert.Equal((1_000, 3), (next.Find(id).Limits.Tokens, next.Find(id).Limits.Calls));
    }

    [Fact]
    public void UnexpectedFault_FailsTheSessionAlone()
    {
        var context = new FaultyContext();
        using var bench = new EngineBench(Judged) { Context = context }.WithFiles(1);
        var engine = bench.Engine();
        var state = bench.Run(engine, Map);
        Assert.Equal((SessionStatus.Failed, "internal: OverflowException"), (state.Status, state.Reason));
        context.IsFaulty = false;
        Assert.Equal(SessionStatus.Complete, bench.Run(engine, Map).Status);
    }

    [Fact]
    public void NoKey_LeavesNoSession()
    {
        using var bench = new EngineBench(Judged).WithFiles(1);
        var engine = bench.Engine(_ => throw new RecursionException("not_available", "no key", "Set it."));
        Assert.Throws<RecursionException>(() => engine.Start(Map, bench.Caller, CancellationToken.None));
        Assert.Equal((0, 0), (engine.List().Sessions.Count, engine.LiveCount));
    }

    [Fact]
    public void ScopeThatTheGateRefuses_LeavesNoSession()
    {
        using var bench = new EngineBench(Judged) { Context = new RefusingContext() }.WithFiles(1);
        var engine = bench.Engine();
        for (var round = 0; round < 2; round++)
            Assert.Equal("bad_argument", Assert.Throws<RecursionException>(() => engine.Start(new("what is it"), bench.Caller, CancellationToken.None)).Code);
        Assert.Equal((0, 0), (engine.List().Sessions.Count, engine.LiveCount));
    }

    [Fact]
    public void WrongRequest_IsThrownToWhoWaits()
    {
        using var bench = new EngineBench(Judged).WithFiles(1);
        var engine = bench.Engine();
        var id = engine.Start(Map with { Merge = "group:" }, bench.Caller, CancellationToken.None).Id;
        Assert.Equal("bad_argument", Assert.Throws<RecursionException>(() => bench.Wait(engine, id)).Code);
        Assert.Empty(bench.Calls);
    }

    [Fact]
    public void EndedSessions_LeaveMemory()
    {
        using var bench = new EngineBench(Judged).WithFiles(1);
        var engine = bench.Engine();
        var first = bench.Run(engine, Map).Id;
        for (var run = 0; run < 100; run++) bench.Run(engine, Map with { Task = $"judge it {run}" });
        Assert.InRange(engine.LiveCount, 1, 64);
        Assert.Equal(SessionStatus.Complete, bench.Wait(engine, first).Status);
    }

    [Theory]
    [InlineData("agent")]
    [InlineData("map")]
    [InlineData("ask")]
    public void DryRun_SpendsNothing(string mode)
    {
        using var bench = new EngineBench(Judged).WithFiles(2);
        var state = bench.Run(bench.Engine(), new("judge it") { Mode = mode, DryRun = true });
        Assert.Equal((SessionStatus.Complete, 0, 0), (state.Status, bench.Calls.Count, state.Children.Count));
        Assert.NotNull(state.Estimate);
        Assert.True(state.Estimate.Low.Tokens <= state.Estimate.Likely.Tokens && state.Estimate.Likely.Tokens <= state.Estimate.Worst.Tokens);
    }

    [Fact]
    public void AgentAfterARestart_TakesTheAnswerOfAFinishedChild()
    {
        var isStuck = true;
        var child = ScriptedAgent.Calls(("recurse", new { task = "sub-question", over = Sources, mode = "agent", reason = "asked" }));
        using var bench = new EngineBench(Stuck(call => isStuck && call.Messages.Any(message => message.Role == ChatRole.Assistant),
            call => call.User.Contains("sub-question", StringComparison.Ordinal) || call.Messages.Any(message => message.Role == ChatRole.Assistant) ? ScriptedAgent.Answers("done") : child)).WithFiles(2);
        var engine = bench.Engine();
        var id = engine.Start(Agent, bench.Caller, CancellationToken.None).Id;
        SpinWait.SpinUntil(() => bench.Calls.Count == 3, EngineBench.Long);
        engine.Dispose();
        isStuck = false;
        var state = bench.Wait(bench.Engine(), id);
        Assert.Equal((SessionStatus.Complete, 1, 2), (state.Status, state.Children.Count, bench.Calls.Count - 3));
    }

    private sealed class RefusingContext : FakeContext, ISessionContext
    {
        string? ISessionContext.AnswerExactly(ContextScope scope, string task, CancellationToken cancellationToken) => throw new RecursionException("bad_argument", "no", "Go.");
    }

    private sealed class FaultyContext : FakeContext, ISessionContext
    {
        public bool IsFaulty { get; set; } = true;

        UnitList ISessionContext.Units(ContextScope scope, UnitKind per, CancellationToken cancellationToken) => IsFaulty ? throw new OverflowException("/a/path") : Units(scope, per, cancellationToken);
    }
}
