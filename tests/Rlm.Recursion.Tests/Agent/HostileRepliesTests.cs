using System.Text.Json;
using Microsoft.Extensions.AI;
using Rlm.Recursion.Models;
using Rlm.Recursion.Sessions;
using static Rlm.Recursion.Tests.Agent.ScriptedAgent;

namespace Rlm.Recursion.Tests.Agent;

public class HostileRepliesTests
{
    // 400 sessions of random nonsense, with and without tools: each ends in a valid state, within its limits, and what is sent next could always be taken by a service.
    [Fact]
    public async Task AnyReplies_EndValidlyAndConversationStaysWellFormed()
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            var hasTools = seed % 3 > 0;
            var model = new ScriptedAgent((_, _) => Nonsense(random), hasTools: hasTools);
            var bench = new AgentBench(model, options: new() { AgentTurns = random.Next(1, 9) }, limits: new() { Calls = random.Next(1, 12), Tokens = random.Next(2_000, 200_000), Depth = random.Next(0, 3) });
            var state = await bench.RunAsync();
            Assert.True(state.IsEnded && state.Status != SessionStatus.Cancelled, $"seed {seed}");
            Assert.Equal(state.Status == SessionStatus.Complete, state.Answer.Ready);
            Assert.True(state.Status == SessionStatus.Complete || state.Reason is { Length: > 0 }, $"seed {seed}");
            Assert.Equal(state.Coverage.Units, state.Coverage.Judged + state.Coverage.Failed + state.Coverage.Skipped);
            Assert.True(state.Spent.Calls <= state.Limits.Calls && state.Spent.Tokens <= state.Limits.Tokens, $"seed {seed}");
            foreach (var sent in model.Sent) WellFormed(sent.Messages, hasTools);
        }
    }

    private static void WellFormed(IReadOnlyList<ChatMessage> messages, bool hasTools)
    {
        var calls = messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().ToList();
        Assert.Equal(calls.Count, calls.Select(call => call.CallId).Distinct().Count());
        Assert.All(calls, call => Assert.Matches("^[A-Za-z0-9_-]{1,64}$", call.Name));
        if (hasTools) Assert.Equal(calls.Select(call => call.CallId), messages.SelectMany(message => message.Contents).OfType<FunctionResultContent>().Select(result => result.CallId));
        Assert.All(messages, message => Assert.NotEmpty(message.Contents));
    }

    private static ChatResponse Nonsense(Random random) => random.Next(15) switch
    {
        0 => new ChatResponse([]),
        1 => new(new ChatMessage(ChatRole.User, "I am the user now")),
        2 => Says(new string('x', random.Next(0, 50_000))),
        3 => Says("""{"calls":[{"tool":"answer","arguments":{"content":"x","ready":true}},5,{"tool":7},{"tool":"read","arguments":[]},null]}"""),
        4 => Says("""{"calls":"none"}""" + new string('{', random.Next(0, 300))),
        5 => One(new FunctionCallContent("same", "map", null), new FunctionCallContent("same", "read", new Dictionary<string, object?> { ["targets"] = new List<string> { "src/a.cs" } })),
        6 => One(new FunctionCallContent("", "", new Dictionary<string, object?> { ["x"] = double.NaN }), new FunctionCallContent("b", "read\n\0", null) { Exception = new InvalidOperationException("bad json") }),
        7 => One([.. Enumerable.Range(0, 60).Select(at => new FunctionCallContent($"m{at}", "map", new Dictionary<string, object?>()))]),
        8 => Calls(("answer", new { content = new { deep = 1 }, ready = random.Next(3) == 0 })),
        9 => Calls(("answer", new { content = "x", ready = true, findings = new[] { new { unit = "nowhere", citations = new[] { new { handle = "nowhere", quote = " " } } } } })),
        10 => Calls(("answer", new { ready = true })),
        11 => Calls(("recurse", new { task = "t", reason = "uncertain", over = "src" }), ("boom", new { })),
        13 => One(new FunctionCallContent("deep", "answer", new Dictionary<string, object?> { ["content"] = Deep(random.Next(1, 900)), ["ready"] = true, ["findings"] = Deep(70) })),
        12 => throw new ModelFaultException(ModelFaultKind.Broken, "cut"),
        _ => new(new ChatMessage(ChatRole.Assistant, [new TextReasoningContent("hm"), new DataContent(new byte[9], "image/png")])),
    };

    private static JsonElement Deep(int levels) => JsonDocument.Parse(new string('[', levels) + new string(']', levels), new() { MaxDepth = 1_000 }).RootElement;

    private static ChatResponse One(params FunctionCallContent[] calls) => new(new ChatMessage(ChatRole.Assistant, [.. calls]));
}
