using Anthropic.Models.Messages;
using Microsoft.Extensions.AI;

namespace Rlm.Recursion.Models;

/// <summary>Marks what stays the same from call to call, so that Anthropic's prompt cache can hold it: the system text, and in a conversation its end so far.</summary>
/// <param name="inner">Anthropic's client.</param>
internal sealed class PromptCaching(IChatClient inner) : DelegatingChatClient(inner)
{
    /// <inheritdoc/>
    public override Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var marked = messages.ToList();
        Mark(marked, marked.FindLastIndex(message => message.Role == ChatRole.System));
        // A single question is not asked again; a conversation is sent again with every turn.
        if (marked.Any(message => message.Role == ChatRole.Assistant) || options?.Tools is { Count: > 1 }) Mark(marked, marked.Count - 1);
        return base.GetResponseAsync(marked, options, cancellationToken);
    }

    // The caller's messages stay as they are: they are sent again, and marks are few and move on.
    private static void Mark(List<ChatMessage> messages, int index)
    {
        if (index < 0 || messages[index].Contents is not [.., var last] || Copy(last) is not { } copy) return;
        var message = messages[index].Clone();
        message.Contents = [.. message.Contents.Take(message.Contents.Count - 1), copy.WithCacheControl(new CacheControlEphemeral())];
        messages[index] = message;
    }

    private static AIContent? Copy(AIContent content) => content switch
    {
        TextContent { Text.Length: > 0 } text => new TextContent(text.Text),
        FunctionResultContent result => new FunctionResultContent(result.CallId, result.Result) { Exception = result.Exception },
        _ => null,
    };
}
