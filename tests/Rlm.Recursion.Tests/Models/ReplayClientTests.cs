using Microsoft.Extensions.AI;
using Rlm.Recursion.Models;
using Rlm.Scripted;

namespace Rlm.Recursion.Tests.Models;

public class ReplayClientTests
{
    [Fact]
    public async Task RecordedCalls_ComeBackTheSame_InAnyOrder()
    {
        var recorded = new PaidCallsHarness(new ScriptedModel(turn => turn.Text.Contains("two", StringComparison.Ordinal) ? ScriptedReply.Call("read", new { n = 2, deep = new { x = "y" } }) : ScriptedReply.Say($"answer {turn.Number}")));
        var first = await AskAsync(recorded, "one");
        var call = await AskAsync(recorded, "two");
        var again = await AskAsync(recorded, "one");
        var replayed = new PaidCallsHarness(new ReplayClient(recorded.Entries));
        Assert.Equal(Shown(call), Shown(await AskAsync(replayed, "two")));
        Assert.Equal(Shown(first), Shown(await AskAsync(replayed, "one")));
        Assert.Equal(Shown(again), Shown(await AskAsync(replayed, "one")));
        Assert.Equal(recorded.Ledger.Spent, replayed.Ledger.Spent);
    }

    [Fact]
    public async Task UnknownRequest_IsAFault_AndNotAnotherReply()
    {
        var recorded = new PaidCallsHarness(new ScriptedModel(_ => ScriptedReply.Say("x")));
        await AskAsync(recorded, "one");
        var fault = await Assert.ThrowsAsync<ModelFaultException>(() => AskAsync(new(new ReplayClient(recorded.Entries)), "other"));
        Assert.Equal(ModelFaultKind.Refused, fault.Kind);
    }

    [Fact]
    public async Task RecordedFailure_FailsAgain()
    {
        var time = new ManualTime();
        var recorded = new PaidCallsHarness(new ScriptedModel(_ => throw new ModelFaultException(ModelFaultKind.Busy, "busy")), time: time);
        await Assert.ThrowsAsync<ModelFaultException>(() => time.RunAsync(AskAsync(recorded, "one")));
        var fault = await Assert.ThrowsAsync<ModelFaultException>(() => AskAsync(new(new ReplayClient(recorded.Entries)), "one"));
        Assert.Equal((ModelFaultKind.Busy, "busy"), (fault.Kind, fault.Message));
    }

    private static Task<ChatResponse> AskAsync(PaidCallsHarness harness, string text) => harness.Calls.SendAsync(harness.Session, "ask", [new(ChatRole.User, text)], new(), default);

    private static string Shown(ChatResponse response) => ReplyText.Write(response);
}
