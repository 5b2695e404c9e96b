using Microsoft.Extensions.AI;
using Rlm.Recursion.Context;
using Rlm.Recursion.Models;
using Rlm.Recursion.Sessions;
using static Rlm.Recursion.Tests.Agent.ScriptedAgent;

namespace Rlm.Recursion.Tests.Agent;

public class AgentRunTests
{
    private static readonly object[] TrueFinding = [new { unit = FakeFiles.Handle("src/a.cs"), text = "three", citations = new[] { new { handle = FakeFiles.Handle("src/a.cs"), quote = "Max = 3" } } }];

    private static readonly object[] FalseFinding = [new { unit = FakeFiles.Handle("src/a.cs"), text = "four", citations = new[] { new { handle = FakeFiles.Handle("src/a.cs"), quote = "Max = 4" } } }];

    [Fact]
    public async Task ReadThenAnswer_IsCompleteWithCheckedCitation()
    {
        var state = await new AgentBench(Of(Calls(("map", new { }), Read("src/a.cs")), Answers("In src/a.cs.", true, TrueFinding))).RunAsync();
        Assert.Equal((SessionStatus.Complete, null, new Answer("In src/a.cs.", true)), (state.Status, state.Reason, state.Answer));
        Assert.Equal(QuoteCheck.Exact, Assert.Single(Assert.Single(state.Findings).Citations).Checked);
        Assert.Equal((3, 1, 2), (state.Coverage.Units, state.Coverage.Judged, state.Coverage.Skipped));
    }

    [Fact]
    public async Task ProseTwice_IsPartialDraftAfterOneReminder()
    {
        var bench = new AgentBench(Of(Says("I will look."), Says("It is in A.")));
        var state = await bench.RunAsync();
        Assert.Equal((SessionStatus.Partial, new Answer("It is in A.", false), 2), (state.Status, state.Answer, bench.Model.Sent.Count));
    }

    [Fact]
    public async Task ProseAfterDraft_DraftStands()
    {
        var state = await new AgentBench(Of(Answers("draft", ready: false), Says("done"), Says("done"))).RunAsync();
        Assert.Equal((SessionStatus.Partial, new Answer("draft", false)), (state.Status, state.Answer));
    }

    [Fact]
    public async Task AnswerBesideOtherCalls_IsOnlyDraft()
    {
        var bench = new AgentBench(Of(Calls(Read("src/a.cs"), ("answer", new { content = "guess", ready = true })), Answers("seen")));
        var state = await bench.RunAsync();
        Assert.Equal((new Answer("seen", true), 2), (state.Answer, bench.Model.Sent.Count));
    }

    [Fact]
    public async Task FalseQuote_IsAskedAgainOnceWithTrueText_ThenUnsupported()
    {
        var bench = new AgentBench(Of(Answers("four", true, FalseFinding)));
        var state = await bench.RunAsync();
        Assert.Equal(2, bench.Model.Sent.Count);
        Assert.Contains("class A { int Max = 3; }", Text(bench.Model.Sent[1].Messages), StringComparison.Ordinal);
        Assert.True(Assert.Single(state.Findings).IsUnsupported);
        Assert.Equal((SessionStatus.Partial, false), (state.Status, state.Answer.Ready));
    }

    [Theory]
    [InlineData("confirm", SessionStatus.Complete, "verified: 1 confirmed, 0 refuted, 0 unclear, 0 not checked; 1 cite nothing to check by")]
    [InlineData("refute", SessionStatus.Partial, "verified: 0 confirmed, 1 refuted, 0 unclear, 0 not checked; 1 cite nothing to check by")]
    public async Task Verify_ChecksEachClaimOnce(string verdict, SessionStatus status, string note)
    {
        object[] findings = [.. TrueFinding, new { unit = "src/b.cs", text = "nothing else", citations = Array.Empty<object>() }];
        var bench = new AgentBench(Of(Answers("In src/a.cs.", true, findings), Calls(("answer", new { verdict }))), request: new("Where is Max?") { Verify = true });
        var state = await bench.RunAsync();
        Assert.Equal((status, 2), (state.Status, bench.Model.Sent.Count));
        Assert.Contains(note, state.Notes);
        var check = Text(bench.Model.Sent[1].Messages);
        Assert.Contains("<claim>\nthree", check, StringComparison.Ordinal);
        Assert.Contains("class A { int Max = 3; }", check, StringComparison.Ordinal);
        Assert.Equal([verdict == "refute", false], state.Findings.Select(finding => finding.IsUnsupported));
    }

    [Fact]
    public async Task SecondAnswerOfTheSameReply_ChangesNothing()
    {
        var state = await new AgentBench(Of(Calls(("answer", new { content = "first", ready = true }), ("answer", new { content = "second", ready = true })))).RunAsync();
        Assert.Equal((SessionStatus.Complete, new Answer("first", true)), (state.Status, state.Answer));
    }

    [Fact]
    public async Task TurnsOver_DraftIsPartialWithReason()
    {
        var bench = new AgentBench(new((_, options) => options.Tools!.Count == 1 ? Answers("what I have", ready: false) : Calls(("map", new { }))), options: new() { AgentTurns = 4 });
        var state = await bench.RunAsync();
        Assert.Equal((SessionStatus.Partial, "4 turns are over", 4), (state.Status, state.Reason, bench.Model.Sent.Count));
        Assert.Equal("what I have", state.Answer.Content);
    }

    [Fact]
    public async Task NothingEver_IsFailed()
    {
        var state = await new AgentBench(Of(Calls(("map", new { }))), options: new() { AgentTurns = 3 }).RunAsync();
        Assert.Equal((SessionStatus.Failed, "3 turns are over"), (state.Status, state.Reason));
    }

    [Fact]
    public async Task ModelFails_DraftIsPartial()
    {
        var turn = 0;
        var state = await new AgentBench(new((_, _) => turn++ == 0 ? Answers("draft", ready: false) : throw new ModelFaultException(ModelFaultKind.Quota, "monthly limit"))).RunAsync();
        Assert.Equal((SessionStatus.Partial, "the model failed (Quota): monthly limit", "draft"), (state.Status, state.Reason, state.Answer.Content));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    public async Task CallsRunOut_LastRequestIsForTheAnswer(int calls)
    {
        var bench = new AgentBench(new((_, options) => options.Tools!.Count == 1 ? Answers("late", ready: false) : Calls(("map", new { }))), limits: new() { Calls = calls, Depth = 2 });
        var state = await bench.RunAsync();
        Assert.Equal((SessionStatus.Partial, "late"), (state.Status, state.Answer.Content));
        Assert.Contains("no new children", state.Steps);
        Assert.True(state.Spent.Calls <= calls);
    }

    [Fact]
    public async Task TokensRunOut_LastRequestStillFits()
    {
        var files = new FakeFiles(("big.cs", new string('x', 30_000)));
        var bench = new AgentBench(new((_, options) => options.Tools!.Count == 1 ? Answers("late", ready: false) : Calls(Read("big.cs"))), files, limits: new() { Tokens = 60_000, Depth = 0 });
        var state = await bench.RunAsync();
        Assert.Equal((SessionStatus.Partial, "late"), (state.Status, state.Answer.Content));
        Assert.True(state.Spent.Tokens <= 60_000);
    }

    [Fact]
    public async Task EndlessReading_ConversationStaysBoundedAndSaysSo()
    {
        var files = new FakeFiles(("big.cs", new string('x', 44_000)));
        var bench = new AgentBench(new((_, options) => options.Tools!.Count == 1 ? Answers("end") : Calls([.. Enumerable.Repeat(Read("big.cs"), 5)])), files);
        await bench.RunAsync();
        Assert.Equal(30, bench.Model.Sent.Count);
        Assert.All(bench.Model.Sent, sent => Assert.InRange(Text(sent.Messages).Length, 0, 260_000));
        Assert.Contains("[shortened: this result had", Text(bench.Model.Sent[^1].Messages), StringComparison.Ordinal);
        Assert.All(bench.Model.Sent, sent => Assert.Contains("Where is Max?", sent.Messages[1].Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task BrokenCalls_AreErrorsAndGoOn()
    {
        var bench = new AgentBench(Of(
            Calls(("no such tool!", new { }), ("nope", new { }), ("read", new { targets = 7 }), ("read", new { }), ("boom", new { }), ("recurse", new { task = 5 }), ("recurse", new { task = "x", reason = "fun" })),
            Calls(("answer", new { content = 1, ready = "yes" })),
            Calls(("answer", new { content = "x", ready = true, findings = "none" })),
            Answers("fine")));
        var state = await bench.RunAsync();
        Assert.Equal((SessionStatus.Complete, "fine"), (state.Status, state.Answer.Content));
        var seen = Text(bench.Model.Sent[1].Messages);
        Assert.Contains("there is no tool nope", seen, StringComparison.Ordinal);
        Assert.Contains("targets is not a list", seen, StringComparison.Ordinal);
        Assert.Contains("boom failed (InvalidOperationException)", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("/home/secret", seen, StringComparison.Ordinal);
        Assert.Empty(bench.Children.Requests);
        Assert.Equal(7, bench.Entries.Count(entry => entry.Kind == "error"));
    }

    [Fact]
    public async Task Schema_BreachIsToldAndNotAccepted()
    {
        var schema = System.Text.Json.JsonDocument.Parse("""{"type":"object","required":["count"]}""").RootElement;
        var bench = new AgentBench(Of(Answers("not json"), Answers(new { other = 1 }), Answers(new { count = 2 })), request: new("Report.") { Schema = schema });
        var state = await bench.RunAsync();
        Assert.Equal((SessionStatus.Complete, """{"count":2}""", 3), (state.Status, state.Answer.Content, bench.Model.Sent.Count));
    }

    [Fact]
    public async Task NoToolInterface_CallsAreJsonTextAndResultsFenced()
    {
        ChatResponse[] replies = [Says("""{"calls":[{"tool":"read","arguments":{"targets":["src/a.cs"]}}]}"""), Says("```json\n{\"calls\":[{\"tool\":\"answer\",\"arguments\":{\"content\":\"A\",\"ready\":true}}]}\n```")];
        var at = 0;
        var bench = new AgentBench(new((_, _) => replies[at++], "cli:claude", hasTools: false));
        var state = await bench.RunAsync();
        Assert.Equal((SessionStatus.Complete, "A"), (state.Status, state.Answer.Content));
        Assert.Contains("</result ", bench.Model.Sent[1].Messages[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SecondsOver_RequestUnderWayIsEndedAndDraftIsPartial()
    {
        var time = new ManualTime();
        var turn = 0;
        var bench = new AgentBench(new((_, _) =>
        {
            if (turn++ > 0) time.Pass(31);
            return Answers("draft", ready: false);
        }), limits: new() { Seconds = 30 }, options: new() { Time = time });
        var state = await bench.RunAsync();
        Assert.Equal((SessionStatus.Partial, "budget_spent: the seconds are over", "draft", 2), (state.Status, state.Reason, state.Answer.Content, turn));
        Assert.True(bench.Model.Cancelled.IsCancellationRequested);
    }

    [Fact]
    public async Task EightyPercentOfSeconds_LastRequest()
    {
        var time = new ManualTime();
        var bench = new AgentBench(new((_, options) =>
        {
            time.Pass(7);
            return options.Tools!.Count == 1 ? Answers("late") : Calls(("map", new { }));
        }), limits: new() { Seconds = 50 }, options: new() { Time = time });
        var state = await bench.RunAsync();
        Assert.Equal((SessionStatus.Complete, "late", 7), (state.Status, state.Answer.Content, bench.Model.Sent.Count));
        Assert.Equal(["no new children"], state.Steps);
    }

    [Fact]
    public async Task Cancelled_DraftStaysAndEndIsLeftToTheCaller()
    {
        using var cancel = new CancellationTokenSource();
        var turn = 0;
        var bench = new AgentBench(new((_, _) =>
        {
            if (turn++ > 0) cancel.Cancel();
            return Answers("draft", ready: false);
        }));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bench.RunAsync(cancel.Token));
        Assert.Equal((SessionStatus.Running, "draft"), (bench.State.Status, bench.State.Answer.Content));
    }
}
