using System.Globalization;
using Microsoft.Extensions.AI;
using Rlm.Recursion.Budget;
using Rlm.Recursion.Models;
using Rlm.Scripted;

namespace Rlm.Recursion.Tests.Models;

/// <summary>Retries, waits and booking, under a clock that stands still.</summary>
public class PaidCallsTests
{
    private static CallCost Nothing => default;

    [Theory]
    [InlineData(ModelFaultKind.Busy, 3)]
    [InlineData(ModelFaultKind.Unavailable, 3)]
    [InlineData(ModelFaultKind.Quota, 1)]
    [InlineData(ModelFaultKind.Denied, 1)]
    [InlineData(ModelFaultKind.Refused, 1)]
    [InlineData(ModelFaultKind.Broken, 1)]
    [InlineData(ModelFaultKind.TimedOut, 1)]
    public async Task Failure_IsTriedAgainAsItsKindAllows(ModelFaultKind kind, int tries)
    {
        var time = new ManualTime();
        var model = new ScriptedModel(_ => throw new ModelFaultException(kind, "no"));
        var harness = new PaidCallsHarness(model, time: time);
        var fault = await Assert.ThrowsAsync<ModelFaultException>(() => time.RunAsync(harness.AskAsync()));
        Assert.Equal((kind, tries), (fault.Kind, model.Requests));
        Assert.Equal(new CallCost(tries, 0, 0, 0), harness.Ledger.Spent);
        Assert.Equal(Nothing, harness.Ledger.Reserved);
        Assert.Equal([.. Enumerable.Repeat("model", tries), "error"], harness.Entries.Select(entry => entry.Kind));
    }

    [Fact]
    public async Task RetryAfter_IsNeverUndercut()
    {
        // Seeded: any jitter, any wait; the next try is never before what was asked for, and not much later.
        var random = new Random(7);
        for (var run = 0; run < 200; run++)
        {
            var time = new ManualTime();
            var asked = TimeSpan.FromSeconds(random.NextDouble() * 40);
            var sent = new List<DateTimeOffset>();
            var model = new ScriptedModel(turn =>
            {
                sent.Add(time.GetUtcNow());
                return turn.Number == 1 ? throw new ModelFaultException(ModelFaultKind.Busy, "busy") { RetryAfter = asked } : ScriptedReply.Say("ok");
            });
            var harness = new PaidCallsHarness(model, time: time, random: random.NextDouble);
            Assert.Equal("ok", (await time.RunAsync(harness.AskAsync())).Text);
            Assert.InRange(sent[1] - sent[0], asked, (asked * 1.6) + TimeSpan.FromMilliseconds(10));
        }
    }

    [Fact]
    public async Task OneBusyReply_KeepsTheWholeTreeBack()
    {
        var time = new ManualTime();
        var sent = new List<double>();
        var start = time.GetUtcNow();
        var model = new ScriptedModel(turn =>
        {
            lock (sent) sent.Add((time.GetUtcNow() - start).TotalSeconds);
            return turn.Number == 1 ? throw new ModelFaultException(ModelFaultKind.Busy, "busy") { RetryAfter = TimeSpan.FromSeconds(20) } : ScriptedReply.Say("ok");
        });
        var harness = new PaidCallsHarness(model, time: time);
        var first = harness.AskAsync();
        var others = Enumerable.Range(0, 5).Select(_ => harness.AskAsync()).ToArray();
        Assert.Single(sent);
        await time.RunAsync(Task.WhenAll([first, .. others]));
        Assert.Equal(7, sent.Count);
        Assert.All(sent.Skip(1), at => Assert.InRange(at, 20, 40));
    }

    [Fact]
    public async Task WaitBeyondTheTimeLeft_EndsAtOnce()
    {
        var time = new ManualTime();
        var model = new ScriptedModel(_ => throw new ModelFaultException(ModelFaultKind.Busy, "busy") { RetryAfter = TimeSpan.FromSeconds(301) });
        var harness = new PaidCallsHarness(model, time: time);
        var fault = await harness.FaultAsync();
        Assert.Equal((ModelFaultKind.Busy, 1), (fault.Kind, model.Requests));
        Assert.Contains("left", fault.Message, StringComparison.Ordinal);
        Assert.Equal(0, harness.Ledger.Seconds);
        // The others learn of it without asking.
        await harness.FaultAsync();
        Assert.InRange(model.Requests, 1, 2);
    }

    [Fact]
    public async Task Silence_EndsAtTheCallsLimit_AndCountsAsReserved()
    {
        var time = new ManualTime();
        var harness = new PaidCallsHarness(new ScriptedModel(_ => ScriptedReply.Say("late") with { Delay = TimeSpan.FromDays(1) }, time), time: time, change: model => model with { CallTime = TimeSpan.FromSeconds(120) });
        var asking = harness.AskAsync();
        time.Advance(TimeSpan.FromSeconds(120));
        Assert.Equal(ModelFaultKind.TimedOut, (await Assert.ThrowsAsync<ModelFaultException>(() => asking)).Kind);
        Assert.Equal(harness.Calls.Worst(PaidCallsHarness.Question, new()), harness.Ledger.Spent);
    }

    [Fact]
    public async Task LittleTimeLeft_ShortensTheCall()
    {
        var time = new ManualTime();
        var harness = new PaidCallsHarness(new ScriptedModel(_ => ScriptedReply.Say("late") with { Delay = TimeSpan.FromDays(1) }, time), new() { Seconds = 30 }, time);
        time.Advance(TimeSpan.FromSeconds(20));
        var asking = harness.AskAsync();
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(ModelFaultKind.TimedOut, (await Assert.ThrowsAsync<ModelFaultException>(() => asking)).Kind);
    }

    [Theory]
    [InlineData(30, 7, 30, 7)]
    [InlineData(null, null, null, null)]
    [InlineData(-1, 5, null, 5)]
    [InlineData(0, 0, null, null)]
    [InlineData(30_000_000, 5, null, 5)]
    [InlineData(500_000, 5, 500_000, 5)]
    public async Task Usage_IsBookedWhereItCanBeBelieved(int? input, int? output, int? bookedInput, int? bookedOutput)
    {
        var harness = new PaidCallsHarness(new ScriptedModel(_ => ScriptedReply.Say("x") with { InputTokens = input, OutputTokens = output }));
        await harness.AskAsync();
        var worst = harness.Calls.Worst(PaidCallsHarness.Question, new());
        Assert.Equal(new CallCost(1, bookedInput ?? worst.InputTokens, bookedOutput ?? worst.OutputTokens, 0), harness.Ledger.Spent);
    }

    [Fact]
    public async Task PlausibleUsageAboveTheReserve_StopsTheTree()
    {
        var harness = new PaidCallsHarness(new ScriptedModel(_ => ScriptedReply.Say("x") with { InputTokens = 500_000 }));
        await harness.AskAsync();
        Assert.Equal("overrun", (await Assert.ThrowsAsync<BudgetSpentException>(() => harness.AskAsync())).Kind);
        Assert.Equal(["model", "limit"], harness.Entries.Select(entry => entry.Kind));
    }

    [Fact]
    public async Task UnknownPriceUnderALimitOfMoney_SendsNothing()
    {
        var model = new ScriptedModel(_ => ScriptedReply.Say("x"));
        var harness = new PaidCallsHarness(model, new() { Usd = 5 });
        Assert.Equal("usd", (await Assert.ThrowsAsync<BudgetSpentException>(() => harness.AskAsync())).Kind);
        Assert.Equal(0, model.Requests);
    }

    [Fact]
    public async Task NoRoom_SendsNothing()
    {
        var model = new ScriptedModel(_ => ScriptedReply.Say("x"));
        var harness = new PaidCallsHarness(model, new() { Tokens = 900 });
        Assert.Equal("tokens", (await Assert.ThrowsAsync<BudgetSpentException>(() => harness.AskAsync())).Kind);
        Assert.Equal((0, Nothing), (model.Requests, harness.Ledger.Spent));
    }

    [Fact]
    public async Task Width_HoldsForAllCallsOfARun()
    {
        var (now, most) = (0, 0);
        var gate = new Lock();
        var harness = new PaidCallsHarness(new ScriptedModel(_ => ScriptedReply.Say("x")), new() { Calls = 100 }, width: 8, change: model => model with { Client = new Counting(model.Client, change =>
        {
            lock (gate) most = Math.Max(most, now += change);
        }) });
        await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => harness.AskAsync()));
        Assert.Equal((8, 64L), (most, harness.Ledger.Spent.Calls));
    }

    [Fact]
    public async Task Cancelled_SendsNothingMore()
    {
        using var cancel = new CancellationTokenSource();
        var time = new ManualTime();
        var model = new ScriptedModel(_ => throw new ModelFaultException(ModelFaultKind.Unavailable, "down"));
        var harness = new PaidCallsHarness(model, time: time);
        var asking = harness.AskAsync(cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(1, model.Requests);
    }

    [Fact]
    public async Task RoomThatIsOnlyReserved_IsWaitedFor()
    {
        // Room for one worst case and ten real costs: one after another all ten pass, at once too.
        var model = new ScriptedModel(_ => ScriptedReply.Say("x") with { InputTokens = 20, OutputTokens = 5, Delay = TimeSpan.FromMilliseconds(2) });
        var worst = new PaidCallsHarness(model).Calls.Worst(PaidCallsHarness.Question, new());
        var harness = new PaidCallsHarness(model, new() { Tokens = worst.Tokens + 225 });
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => harness.AskAsync()));
        Assert.Equal(250, harness.Ledger.Spent.Tokens);
        Assert.Equal("tokens", (await Assert.ThrowsAsync<BudgetSpentException>(() => harness.AskAsync())).Kind);
    }

    [Fact]
    public async Task ManyAtOnce_NeverGoOverALimit_AndTheTrajectoryAddsUp()
    {
        for (var run = 0; run < 50; run++)
        {
            var random = new Random(run);
            var model = new ScriptedModel(turn => (turn.Number % 7) switch
            {
                0 => throw new ModelFaultException(ModelFaultKind.Broken, "cut") { MayHaveCost = true },
                1 => throw new ModelFaultException(ModelFaultKind.Refused, "400"),
                _ => ScriptedReply.Say("x") with { InputTokens = 100, OutputTokens = 900 },
            });
            var limits = new Limits { Calls = random.Next(1, 80), Tokens = random.Next(2_000, 60_000) };
            var harness = new PaidCallsHarness(model, limits);
            var ended = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(async () =>
            {
                try
                {
                    return (await harness.AskAsync()).Text;
                }
                catch (Exception exception) when (exception is ModelFaultException or BudgetSpentException)
                {
                    return exception.GetType().Name;
                }
            })));
            Assert.InRange(harness.Ledger.Spent.Calls, 0, limits.Calls!.Value);
            Assert.InRange(harness.Ledger.Spent.Tokens, 0, limits.Tokens!.Value);
            Assert.Equal(Nothing, harness.Ledger.Reserved);
            var sent = harness.Entries.Where(entry => entry.Kind == "model").ToArray();
            Assert.Equal(new CallCost(sent.Length, sent.Sum(entry => entry.InputTokens), sent.Sum(entry => entry.OutputTokens), 0), harness.Ledger.Spent);
            Assert.Equal((model.Requests, ended.Count(end => end == "x")), (sent.Length, sent.Count(entry => entry.Result is not null)));
        }
    }

    [Fact]
    public void Worst_IsNeverBelowTheBytesSent()
    {
        var random = new Random(3);
        var harness = new PaidCallsHarness(new ScriptedModel(_ => ScriptedReply.Say("x")));
        for (var run = 0; run < 300; run++)
        {
            var texts = Enumerable.Range(0, random.Next(1, 6)).Select(_ => string.Concat(Enumerable.Range(0, random.Next(200)).Select(_ => random.Next(4) switch { 0 => "a", 1 => "é", 2 => "漢", _ => "😀" }))).ToArray();
            var messages = texts.Select((text, index) => index % 2 == 0 ? new ChatMessage(ChatRole.User, text) : new ChatMessage(ChatRole.Tool, [new FunctionResultContent("c", text)])).ToArray();
            Assert.True(harness.Calls.Worst(messages, new()).InputTokens >= texts.Sum(System.Text.Encoding.UTF8.GetByteCount) + messages.Length, run.ToString(CultureInfo.InvariantCulture));
        }
    }

    private sealed class Counting(IChatClient inner, Action<int> count) : DelegatingChatClient(inner)
    {
        public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            count(1);
            await Task.Delay(2, cancellationToken);
            count(-1);
            return await base.GetResponseAsync(messages, options, cancellationToken);
        }
    }
}
