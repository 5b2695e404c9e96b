using System.Text.Json.Nodes;
using Rlm.Recursion.Context;
using Rlm.Recursion.Models;
using Rlm.Recursion.Running;
using Rlm.Recursion.Sessions;
using Rlm.Recursion.Tests.Doubles;
using Rlm.Recursion.Tests.Running.Mapping;

namespace Rlm.Recursion.Tests.Running;

public class AskRunTests
{
    private static readonly RecurseRequest What = new("What is it?") { Mode = "ask" };

    [Fact]
    public async Task OneCall_AnswerWithCheckedCitations()
    {
        var model = new ScriptedModelCalls(call => Answer("It is 3.", Claim("first", call.Units[0], call.Units[0].FirstLine)));
        var state = await Run(model, What);
        Assert.Equal((SessionStatus.Complete, "It is 3.", true), (state.Status, state.Answer.Content, state.Answer.Ready));
        Assert.Equal(QuoteCheck.Exact, Assert.Single(Assert.Single(state.Findings).Citations).Checked);
        Assert.Equal(("ask", 3), (Assert.Single(model.Calls).Purpose, model.Calls[0].Units.Count));
    }

    [Fact]
    public async Task FalseClaim_AskedAgainAloneThenUnsupported()
    {
        var model = new ScriptedModelCalls(call => Answer("It is 3.", Claim("right", call.Units[0], call.Units[0].FirstLine), Claim("wrong", call.Units[^1], "invented")));
        var again = new ScriptedModelCalls(call => Replies.Submit(new() { ["findings"] = new JsonArray(Claim("wrong", call.Units[0], "invented again")) }));
        var state = await Run(model, What, again);
        Assert.Equal(SessionStatus.Partial, state.Status);
        Assert.Equal([false, true], state.Findings.Select(finding => finding.IsUnsupported));
        Assert.False(state.Answer.Ready);
        Assert.Equal("subject 0002", Assert.Single(Assert.Single(again.Calls).Units).FirstLine);
    }

    [Fact]
    public async Task FalseClaimCorrected_Stays()
    {
        var model = new ScriptedModelCalls(call => Answer("It is 3.", Claim("wrong", call.Units[^1], "invented")));
        var again = new ScriptedModelCalls(call => Replies.Submit(new() { ["findings"] = new JsonArray(Claim("right", call.Units[0], call.Units[0].FirstLine)) }));
        var state = await Run(model, What, again);
        Assert.Equal((SessionStatus.Complete, "right"), (state.Status, Assert.Single(state.Findings).Text));
    }

    [Fact]
    public async Task ScopeBeyondOneCall_BadArgument()
    {
        var run = new RunBuilder { Leaf = new ScriptedModelCalls(_ => Answer("x")), Context = MapRunTests.Files(20, 9_000) }.Run(What);
        var error = await Assert.ThrowsAsync<RecursionException>(() => AskRun.RunAsync(run, default));
        Assert.Equal("bad_argument", error.Code);
        Assert.Contains("map", error.Next, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProseOnly_AskedOnceMoreThenDraft()
    {
        var model = new ScriptedModelCalls(_ => Replies.Prose("FINAL: it is 3"));
        var state = await Run(model, What);
        Assert.Equal((SessionStatus.Partial, "FINAL: it is 3", false, 2), (state.Status, state.Answer.Content, state.Answer.Ready, model.Calls.Count));
        Assert.Contains("not submitted", state.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SchemaBreach_AskedOnceMore()
    {
        var model = new ScriptedModelCalls(call => Replies.Submit(new() { ["content"] = call.Number == 1 ? "three" : new JsonObject { ["n"] = 3 } }));
        var state = await Run(model, What with { Schema = Some.Json("""{"type":"object","required":["n"]}""") });
        Assert.Equal((SessionStatus.Complete, """{"n":3}"""), (state.Status, state.Answer.Content));
    }

    [Fact]
    public async Task ModelFails_FailedWithReason()
    {
        var state = await Run(new(ScriptedModelCalls.Fails(ModelFaultKind.Denied)), What);
        Assert.Equal((SessionStatus.Failed, "the model denied access", 3), (state.Status, state.Reason, state.Coverage.Skipped));
    }

    [Fact]
    public async Task SecondIdenticalRun_CallsNothing()
    {
        var (memo, context) = (new KeptMemo(), MapRunTests.Files(3));
        for (var time = 0; time < 2; time++)
        {
            var model = new ScriptedModelCalls(call => Answer("It is 3.", Claim("first", call.Units[0], call.Units[0].FirstLine)));
            var run = new RunBuilder { Leaf = model, Context = context, Memo = memo }.Run(What);
            await AskRun.RunAsync(run, default);
            Assert.Equal((1 - time, "It is 3."), (model.Calls.Count, run.Session.State.Answer.Content));
        }
    }

    [Fact]
    public async Task Verified_RefutedLeaves()
    {
        var model = new ScriptedModelCalls(call => call.Purpose == "verify"
            ? Replies.Submit(new() { ["verdict"] = call.User.Contains("bad", StringComparison.Ordinal) ? "refute" : "confirm" })
            : Answer("It is 3.", Claim("good", call.Units[0], call.Units[0].FirstLine), Claim("bad", call.Units[1], call.Units[1].FirstLine)));
        var state = await Run(model, What with { Verify = true });
        Assert.Equal([false, true], state.Findings.Select(finding => finding.IsUnsupported));
        Assert.Equal(SessionStatus.Partial, state.Status);
    }

    private static JsonObject Claim(string text, ScriptedUnit unit, string quote) => new() { ["text"] = text, ["citations"] = new JsonArray(new JsonObject { ["handle"] = unit.Handle, ["quote"] = quote }) };

    private static Microsoft.Extensions.AI.ChatResponse Answer(string content, params JsonObject[] claims) => Replies.Submit(new() { ["content"] = content, ["findings"] = new JsonArray([.. claims]) });

    private static async Task<SessionState> Run(ScriptedModelCalls model, RecurseRequest request, ScriptedModelCalls? leaf = null)
    {
        var run = new RunBuilder { Leaf = leaf ?? model, Root = model, Context = MapRunTests.Files(3) }.Run(request);
        await AskRun.RunAsync(run, default);
        var coverage = run.Session.State.Coverage;
        Assert.Equal(coverage.Units, coverage.Judged + coverage.Failed + coverage.Skipped);
        return run.Session.State;
    }
}
