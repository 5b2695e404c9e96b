using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Rlm.Recursion.Budget;
using Rlm.Recursion.Models;
using Rlm.Recursion.Sessions;

namespace Rlm.Recursion.Tests.Agent;

/// <summary>A model whose replies a test writes. It draws on the session's budget as a real one does: a token per byte at worst, and a quarter of that in truth.</summary>
internal sealed class ScriptedAgent(Func<IReadOnlyList<ChatMessage>, ChatOptions, ChatResponse> reply, string name = "anthropic:test", bool hasTools = true) : ModelCalls
{
    public List<(IReadOnlyList<ChatMessage> Messages, ChatOptions Options)> Sent { get; } = [];

    /// <summary>The token of the latest request.</summary>
    public CancellationToken Cancelled { get; private set; }

    public override Model Model { get; } = new(name, new NoClient()) { HasTools = hasTools, OutputLimit = 2_000 };

    public static ScriptedAgent Of(params ChatResponse[] replies)
    {
        var at = 0;
        return new((_, _) => replies[Math.Min(at++, replies.Length - 1)]);
    }

    public override Task<ChatResponse> SendAsync(Session session, string purpose, IReadOnlyList<ChatMessage> messages, ChatOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Cancelled = cancellationToken;
        using var reservation = session.Ledger.Reserve(Worst(messages, options));
        Sent.Add(([.. messages], options));
        var response = reply(messages, options);
        cancellationToken.ThrowIfCancellationRequested();
        reservation.Settle(new(1, Bytes(messages) / 4, 100, 0));
        return Task.FromResult(response);
    }

    public override CallCost Worst(IReadOnlyList<ChatMessage> messages, ChatOptions options) => new(1, Bytes(messages), options.MaxOutputTokens ?? Model.OutputLimit, 0);

    public static ChatResponse Calls(params (string Name, object Arguments)[] calls) => new(new ChatMessage(ChatRole.Assistant,
        [.. calls.Select((call, at) => (AIContent)new FunctionCallContent($"id{at}", call.Name, JsonSerializer.SerializeToElement(call.Arguments).Deserialize<Dictionary<string, object?>>()))]));

    public static (string Name, object Arguments) Read(params string[] targets) => ("read", new { targets });

    public static ChatResponse Says(string text) => new(new ChatMessage(ChatRole.Assistant, text));

    public static ChatResponse Answers(object content, bool ready = true, object? findings = null) =>
        Calls(("answer", findings is null ? new { content, ready } : (object)new { content, ready, findings }));

    public static string Text(IEnumerable<ChatMessage> messages) => string.Join("\n", messages.SelectMany(message => message.Contents).Select(content => content switch
    {
        TextContent text => text.Text,
        FunctionResultContent result => result.Result?.ToString(),
        FunctionCallContent call => call.Name + JsonSerializer.Serialize(call.Arguments),
        _ => "",
    }));

    private static long Bytes(IReadOnlyList<ChatMessage> messages) => Encoding.UTF8.GetByteCount(Text(messages));

    private sealed class NoClient : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
