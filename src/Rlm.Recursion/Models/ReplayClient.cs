using System.Text.Json;
using Microsoft.Extensions.AI;
using Rlm.Recursion.Trajectories;

namespace Rlm.Recursion.Models;

/// <summary>
/// Gives the recorded replies of trajectories again, without any connection. A request is known by its digest; the same request sent several times gets its replies in
/// their order. One that was never recorded is a fault and never another one's reply.
/// </summary>
public sealed class ReplayClient : IChatClient
{
    /// <summary>What the fault says of a request that was never recorded.</summary>
    public const string Unrecorded = "The recording holds no reply to this request";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<string>> _replies = new(StringComparer.Ordinal);
    private readonly Func<string, string>? _mask;

    /// <summary>For the trajectories of a tree, in any order of sessions.</summary>
    /// <param name="entries">Those of each session in their order.</param>
    /// <param name="mask">The redactor that they went through.</param>
    public ReplayClient(IEnumerable<TrajectoryEntry> entries, Func<string, string>? mask = null)
    {
        _mask = mask;
        foreach (var entry in entries)
            if (entry is { Kind: "model" or "error", Result: { } reply } && Digest(entry) is { } digest)
            {
                if (!_replies.TryGetValue(digest, out var queue)) _replies[digest] = queue = new();
                queue.Enqueue(reply);
            }
    }

    /// <inheritdoc/>
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var digest = RequestDigest.Of(messages, options, _mask);
        lock (_gate)
        {
            if (!_replies.TryGetValue(digest, out var queue) || !queue.TryPeek(out var reply))
                throw new ModelFaultException(ModelFaultKind.Refused, $"{Unrecorded} ({digest}).");
            // A failure stands for all tries of its call, so the last one stays for the next try.
            if (queue.Count > 1 || !ReplyText.IsFault(reply)) queue.Dequeue();
            return Task.FromResult(ReplyText.Read(reply));
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("Replies are taken whole.");

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        // Holds nothing.
    }

    private static string? Digest(TrajectoryEntry entry) =>
        entry.Arguments is { ValueKind: JsonValueKind.Object } request && request.TryGetProperty("digest", out var digest) && digest.ValueKind == JsonValueKind.String ? digest.GetString() : null;
}
