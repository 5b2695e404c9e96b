using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Rlm.Recursion.Budget;
using Rlm.Recursion.Models;
using Rlm.Scripted;

namespace Rlm.Recursion.Tests.Models.Http;

/// <summary>Both vendors' formats over a real connection to a scripted service.</summary>
public class ModelWireTests
{
    private const string Key = "sk-very-secret-key-0123456789";

    [Theory]
    [InlineData("anthropic")]
    [InlineData("openai")]
    public async Task Text_ComesBackWithUsage(string vendor)
    {
        await using var server = new ScriptedModelServer(_ => ScriptedReply.Say("It is.") with { InputTokens = 42, OutputTokens = 7 });
        var harness = Harness(vendor, server);
        Assert.Equal("It is.", (await harness.AskAsync()).Text);
        Assert.Equal(new CallCost(1, 42, 7, 0), harness.Ledger.Spent with { Usd = 0 });
        Assert.Equal(default, harness.Ledger.Reserved);
    }

    [Theory]
    [InlineData("anthropic")]
    [InlineData("openai")]
    public async Task ToolCall_ComesBackWithItsArguments_AndItsResultIsSent(string vendor)
    {
        await using var server = new ScriptedModelServer(request => request.Number == 1 ? ScriptedReply.Call("read", new { target = "src/A.cs" }) : ScriptedReply.Say("done"));
        var harness = Harness(vendor, server);
        var options = new ChatOptions { Tools = [Tool("read"), Tool("answer")], MaxOutputTokens = 500 };
        var first = await harness.Calls.SendAsync(harness.Session, "turn", PaidCallsHarness.Question, options, default);
        var call = Assert.Single(first.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>());
        Assert.Equal(("read", "src/A.cs"), (call.Name, call.Arguments!["target"]!.ToString()));
        Assert.Equal(ChatFinishReason.ToolCalls, first.FinishReason);
        ChatMessage[] next = [.. PaidCallsHarness.Question, .. first.Messages, new(ChatRole.Tool, [new FunctionResultContent(call.CallId, "class A {}")])];
        Assert.Equal("done", (await harness.Calls.SendAsync(harness.Session, "turn", next, options, default)).Text);
        Assert.Equal(["read", "answer"], server.Requests.Last().Tools);
        Assert.Contains("class A {}", server.Requests.Last().Text, StringComparison.Ordinal);
        Assert.Contains("You judge code.", server.Requests.Last().Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("anthropic", "max_tokens")]
    [InlineData("openai", "max_tokens")]
    public async Task OutputLimit_IsSentWithEveryRequest(string vendor, string name)
    {
        await using var server = new ScriptedModelServer(_ => ScriptedReply.Say("x"));
        await Harness(vendor, server).AskAsync();
        Assert.Equal(1000, server.Requests.Single().Body.GetProperty(name).GetInt32());
    }

    [Theory]
    [InlineData("anthropic")]
    [InlineData("openai")]
    public async Task Cancel_EndsTheRequestWithinASecond(string vendor)
    {
        using var cancel = new CancellationTokenSource();
        await using var server = new ScriptedModelServer(_ => ScriptedReply.Break(ScriptedFault.Never));
        var harness = Harness(vendor, server);
        var asking = harness.AskAsync(cancel.Token);
        while (server.Requests.Count == 0) await Task.Yield();
        var started = TimeProvider.System.GetTimestamp();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        while (server.Aborted == 0 && TimeProvider.System.GetElapsedTime(started).TotalSeconds < 5) await Task.Yield();
        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 0, 1);
        Assert.Equal(1, harness.Ledger.Spent.Calls);
        Assert.True(harness.Ledger.Spent.Tokens > 1000); // what it may have cost
    }

    [Theory]
    [InlineData("anthropic", ScriptedFault.Cut, ModelFaultKind.Broken, 1)]
    [InlineData("openai", ScriptedFault.Cut, ModelFaultKind.Broken, 1)]
    [InlineData("anthropic", ScriptedFault.Flood, ModelFaultKind.Broken, 1)]
    [InlineData("openai", ScriptedFault.Flood, ModelFaultKind.Broken, 1)]
    [InlineData("anthropic", ScriptedFault.GzipBomb, ModelFaultKind.Broken, 1)]
    [InlineData("openai", ScriptedFault.GzipBomb, ModelFaultKind.Broken, 1)]
    public async Task BrokenBody_IsAFaultThatMayHaveCost(string vendor, ScriptedFault wrong, ModelFaultKind kind, int calls)
    {
        await using var server = new ScriptedModelServer(_ => ScriptedReply.Break(wrong));
        var harness = Harness(vendor, server);
        var fault = await harness.FaultAsync();
        Assert.Equal((kind, calls), (fault.Kind, server.Requests.Count));
        Assert.Equal(harness.Calls.Worst(PaidCallsHarness.Question, new()), harness.Ledger.Spent);
        Assert.Equal(default, harness.Ledger.Reserved);
    }

    [Theory]
    [InlineData("anthropic", "[1,2,3]")]
    [InlineData("openai", "[1,2,3]")]
    [InlineData("anthropic", "{\"content\":\"text\",\"usage\":17}")]
    [InlineData("openai", "{\"choices\":{\"message\":5}}")]
    [InlineData("openai", "{\"choices\":[]}")]
    [InlineData("openai", "{\"choices\":[{\"message\":{\"tool_calls\":[{\"function\":7}]}}]}")]
    [InlineData("anthropic", "{\"id\":1,\"content\":[{\"type\":\"tool_use\",\"input\":[]}]}")]
    [InlineData("anthropic", "not json")]
    [InlineData("openai", "not json")]
    [InlineData("anthropic", "null")]
    [InlineData("openai", "")]
    public async Task WrongShape_IsBroken(string vendor, string body)
    {
        await using var server = new ScriptedModelServer(_ => new() { Body = body });
        var harness = Harness(vendor, server);
        Assert.Equal(ModelFaultKind.Broken, (await harness.FaultAsync()).Kind);
        Assert.Equal(harness.Calls.Worst(PaidCallsHarness.Question, new()), harness.Ledger.Spent);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("anthropic", "-5", "5")]
    [InlineData("openai", "-5", "5")]
    [InlineData("anthropic", "9000000000000", "5")]
    [InlineData("openai", "9000000000000", "5")]
    [InlineData("anthropic", "10", "-1")]
    [InlineData("openai", "10", "-1")]
    [InlineData("openai", "\"ten\"", "5")]
    [InlineData("openai", "1e400", "5")]
    public async Task AbsurdUsage_CountsAsReserved(string vendor, string input, string output)
    {
        await using var server = new ScriptedModelServer(_ => ScriptedReply.Say("x") with { InputTokens = JsonNode.Parse(input), OutputTokens = JsonNode.Parse(output) });
        var harness = Harness(vendor, server);
        Assert.Equal("x", (await harness.AskAsync()).Text);
        var worst = harness.Calls.Worst(PaidCallsHarness.Question, new());
        Assert.True(harness.Ledger.Spent.InputTokens == worst.InputTokens || harness.Ledger.Spent.OutputTokens == worst.OutputTokens, harness.Ledger.Spent.ToString());
        Assert.InRange(harness.Ledger.Spent.Tokens, 5, worst.Tokens);
    }

    [Theory]
    [InlineData("anthropic")]
    [InlineData("openai")]
    public async Task MissingUsage_CountsAsReserved(string vendor)
    {
        await using var server = new ScriptedModelServer(_ => ScriptedReply.Say("x") with { InputTokens = null });
        var harness = Harness(vendor, server);
        try
        {
            await harness.AskAsync();
        }
        catch (ModelFaultException)
        {
            // A reply without usage may be none; what matters is what it counts as.
        }
        Assert.Equal(harness.Calls.Worst(PaidCallsHarness.Question, new()), harness.Ledger.Spent);
    }

    [Theory]
    [InlineData("anthropic")]
    [InlineData("openai")]
    public async Task Redirect_IsNotFollowed_AndTheKeyStays(string vendor)
    {
        await using var other = new ScriptedModelServer(_ => ScriptedReply.Say("mine now"));
        await using var server = new ScriptedModelServer(_ => new() { Status = 307, Headers = [("Location", other.Url + "v1/messages")], Body = "" });
        Assert.Equal(ModelFaultKind.Refused, (await Harness(vendor, server).FaultAsync()).Kind);
        Assert.Empty(other.Requests);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("anthropic", 401, ModelFaultKind.Denied)]
    [InlineData("openai", 403, ModelFaultKind.Denied)]
    [InlineData("anthropic", 400, ModelFaultKind.Refused)]
    [InlineData("openai", 404, ModelFaultKind.Refused)]
    [InlineData("anthropic", 413, ModelFaultKind.Refused)]
    public async Task HttpError_OneTry_NoTokens_AndNoKeyInTheMessage(string vendor, int status, ModelFaultKind kind)
    {
        await using var server = new ScriptedModelServer(_ => ScriptedReply.Fail(status, message: $"the key {Key} is wrong"));
        var harness = Harness(vendor, server);
        var fault = await harness.FaultAsync();
        Assert.Equal(kind, fault.Kind);
        Assert.DoesNotContain(Key, fault.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Key, string.Join(' ', harness.Entries), StringComparison.Ordinal);
        Assert.Single(server.Requests);
        Assert.Equal(new CallCost(1, 0, 0, 0), harness.Ledger.Spent);
    }

    [Theory]
    [InlineData(429, "This request would exceed your organization's rate limit of 30,000 input tokens per minute.", ModelFaultKind.Busy, 3)]
    [InlineData(429, "Rate limit reached. See https://platform.openai.com/account/billing to raise it.", ModelFaultKind.Busy, 3)]
    [InlineData(429, "You exceeded your current quota, please check your plan and billing details.", ModelFaultKind.Quota, 1)]
    [InlineData(403, "The organization's monthly spend limit was reached", ModelFaultKind.Quota, 1)]
    [InlineData(400, "Your credit balance is too low to access the API", ModelFaultKind.Quota, 1)]
    [InlineData(529, "Overloaded", ModelFaultKind.Busy, 3)]
    [InlineData(500, "oops", ModelFaultKind.Unavailable, 3)]
    [InlineData(503, "oops", ModelFaultKind.Unavailable, 3)]
    public async Task Status_SaysWhatIsTriedAgain(int status, string message, ModelFaultKind kind, int tries)
    {
        foreach (var vendor in new[] { "anthropic", "openai" })
        {
            await using var server = new ScriptedModelServer(_ => ScriptedReply.Fail(status, "0", message));
            var harness = Harness(vendor, server);
            Assert.Equal((kind, tries), ((await harness.FaultAsync()).Kind, server.Requests.Count));
            Assert.Equal(new CallCost(tries, 0, 0, 0), harness.Ledger.Spent);
        }
    }

    [Theory]
    [InlineData("7", 7.0)]
    [InlineData("0.5", 0.5)]
    [InlineData("-3", 0.0)]
    [InlineData("1e300", 86_400.0)]
    [InlineData("NaN", null)]
    [InlineData("soon", null)]
    [InlineData("Thu, 01 Jan 2026 00:00:30 GMT", 30.0)]
    public async Task RetryAfter_IsReadInAllItsForms(string header, double? seconds)
    {
        var time = new ManualTime();
        await using var server = new ScriptedModelServer(_ => ScriptedReply.Fail(429, header));
        var client = Harness("openai", server, time).Calls.Model.Client;
        var fault = await Assert.ThrowsAnyAsync<Exception>(() => client.GetResponseAsync(PaidCallsHarness.Question));
        Assert.Equal(seconds, Faults.Of(fault, "m", null).RetryAfter?.TotalSeconds);
    }

    [Theory]
    [InlineData("anthropic")]
    [InlineData("openai")]
    public async Task ReplyThatStopsInTheMiddle_EndsAfterTheSilence(string vendor)
    {
        var time = new ManualTime();
        await using var server = new ScriptedModelServer(_ => ScriptedReply.Break(ScriptedFault.Stall));
        var harness = Harness(vendor, server, time);
        var asking = harness.AskAsync();
        while (!time.Pending.Contains(TimeSpan.FromSeconds(60))) await Task.Delay(5);
        await Task.Delay(50); // what was sent before the silence is read
        time.Advance(TimeSpan.FromSeconds(60));
        var fault = await Assert.ThrowsAsync<ModelFaultException>(() => asking);
        Assert.Equal(ModelFaultKind.TimedOut, fault.Kind);
        Assert.Contains("silent", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeyTravelsInItsHeaderOnly()
    {
        await using var server = new ScriptedModelServer(_ => ScriptedReply.Say("x"));
        await Harness("anthropic", server).AskAsync();
        await Harness("openai", server).AskAsync();
        foreach (var request in server.Requests)
        {
            var name = Assert.Single(request.Headers, header => header.Value.Contains(Key, StringComparison.Ordinal)).Key;
            Assert.True(name is "x-api-key" or "authorization", name);
            Assert.DoesNotContain(Key, request.Body.GetRawText(), StringComparison.Ordinal);
            Assert.DoesNotContain("traceparent", request.Headers.Keys);
        }
    }

    [Fact]
    public async Task OtherService_IsNotReached()
    {
        await using var other = new ScriptedModelServer(_ => ScriptedReply.Say("x"));
        using var client = Rlm.Recursion.Models.Http.ModelHttp.Create(new("https://api.example/v1"), Key, null, TimeProvider.System);
        await Assert.ThrowsAsync<ModelFaultException>(() => client.GetAsync(other.Url));
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task NothingListens_UnavailableAndFree()
    {
        var server = new ScriptedModelServer(_ => ScriptedReply.Say("x"));
        await server.DisposeAsync();
        var harness = Harness("anthropic", server);
        Assert.Equal(ModelFaultKind.Unavailable, (await harness.FaultAsync()).Kind);
        Assert.Equal(new CallCost(3, 0, 0, 0), harness.Ledger.Spent);
    }

    [Fact]
    public async Task AnthropicCache_IsUsedAndCounted()
    {
        await using var server = new ScriptedModelServer(_ => ScriptedReply.Say("x") with { InputTokens = 10, OutputTokens = 5, Cached = (400, 100) });
        var harness = Harness("anthropic", server);
        await harness.AskAsync();
        Assert.Contains("cache_control", server.Requests.Single().Body.GetProperty("system").GetRawText(), StringComparison.Ordinal);
        Assert.Equal(510, harness.Ledger.Spent.InputTokens);
        // 10 at 1 USD per million, 100 written at 1.25, 400 read at 0.1, 5 out at 5.
        Assert.Equal((10 + 125 + 40 + 25) / 1_000_000m, harness.Ledger.Spent.Usd);
    }

    internal static PaidCallsHarness Harness(string vendor, ScriptedModelServer server, TimeProvider? time = null)
    {
        var keys = new ModelKeys { Anthropic = Key, OpenAi = Key, AnthropicUrl = server.Url };
        var spec = ModelSpec.Parse(vendor == "anthropic" ? "anthropic:claude-haiku-4-5" : $"openai:scripted@{server.Url}v1");
        var model = ModelFactory.Create(spec, keys, new() { Time = time ?? TimeProvider.System });
        return new(model.Client, time: time, change: plain => model with { OutputLimit = plain.OutputLimit });
    }

    private static AIFunctionDeclaration Tool(string name) =>
        AIFunctionFactory.CreateDeclaration(name, "does it", System.Text.Json.JsonDocument.Parse("""{"type":"object","properties":{"target":{"type":"string"}}}""").RootElement);
}
