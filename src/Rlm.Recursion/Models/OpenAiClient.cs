using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using ChatFinishReason = Microsoft.Extensions.AI.ChatFinishReason;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace Rlm.Recursion.Models;

/// <summary>
/// Chat Completions through OpenAI's package, for OpenAI and for servers that speak like it. Requests and replies are JSON of our own making and reading: servers differ in
/// details that typed replies refuse.
/// </summary>
/// <param name="client">For one model.</param>
/// <param name="model">Its name.</param>
/// <param name="limitName"><c>max_completion_tokens</c> at OpenAI; <c>max_tokens</c>, which all others know.</param>
internal sealed class OpenAiClient(ChatClient client, string model, string limitName) : IChatClient
{
    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var request = BinaryContent.Create(OpenAiRequest.Write(model, limitName, messages, options ?? new()));
        var result = await client.CompleteChatAsync(request, new RequestOptions { CancellationToken = cancellationToken }).ConfigureAwait(false);
        try
        {
            using var reply = JsonDocument.Parse(result.GetRawResponse().Content);
            return OpenAiReply.Read(reply.RootElement);
        }
        catch (JsonException)
        {
            throw OpenAiReply.Broken("is no JSON");
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("Replies are taken whole, since only a whole one can be checked.");

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        // The connection is the factory's.
    }
}
