using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Rlm.Scripted;

/// <summary>A model in process: the script gets the messages and gives the reply, at once unless it says otherwise. Delays are by the given clock.</summary>
/// <param name="script">Answers each request, counted from 1; may throw.</param>
/// <param name="time">The clock for delays.</param>
public sealed class ScriptedModel(Func<ScriptedTurn, ScriptedReply> script, TimeProvider? time = null) : IChatClient
{
    private int _number;

    /// <summary>Requests so far.</summary>
    public int Requests => Volatile.Read(ref _number);

    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var reply = script(new(Interlocked.Increment(ref _number), [.. messages], options));
        if (reply.Delay > TimeSpan.Zero) await Task.Delay(reply.Delay, time ?? TimeProvider.System, cancellationToken);
        List<AIContent> contents = reply.Text.Length > 0 ? [new TextContent(reply.Text)] : [];
        foreach (var (index, (name, arguments)) in reply.Calls.Index())
            contents.Add(new FunctionCallContent($"call-{index}", name, arguments.ToDictionary(member => member.Key, object? (member) => JsonSerializer.SerializeToElement(member.Value))));
        return new(new ChatMessage(ChatRole.Assistant, contents))
        {
            Usage = reply.InputTokens is null ? null : new() { InputTokenCount = Number(reply.InputTokens), OutputTokenCount = Number(reply.OutputTokens) },
            FinishReason = reply.Stop == "max_tokens" ? ChatFinishReason.Length : reply.Calls.Count > 0 ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop,
        };
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private static long? Number(JsonNode? node) => node is null ? null : long.Parse(node.ToJsonString(), CultureInfo.InvariantCulture);
}

/// <summary>A request to a scripted model in process.</summary>
/// <param name="Number">Counts from 1.</param>
/// <param name="Messages">What was sent.</param>
/// <param name="Options">Tools and limits.</param>
public sealed record ScriptedTurn(int Number, IReadOnlyList<ChatMessage> Messages, ChatOptions? Options)
{
    /// <summary>All texts and tool results, joined by line ends.</summary>
    public string Text => string.Join('\n', Messages.SelectMany(message => message.Contents).Select(content => content switch
    {
        TextContent text => text.Text,
        FunctionResultContent result => result.Result?.ToString(),
        _ => null,
    }).Where(text => text is not null));
}
