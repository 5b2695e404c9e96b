using Microsoft.Extensions.AI;
using Rlm.Recursion.Sessions;

namespace Rlm.Recursion.Models;

/// <summary>
/// The one way to a model: reserves the worst case, sends, retries as the kind of failure allows, settles, and writes the trajectory:
/// <code>
/// reserve -> wait for a place (width) and for the shared back-off -> send -> settle -> trajectory
/// </code>
/// </summary>
public abstract class ModelCalls
{
    /// <summary>The model.</summary>
    public abstract Model Model { get; }

    /// <summary>Asks the model once, for a session.</summary>
    /// <param name="session">Whose budget and trajectory.</param>
    /// <param name="purpose"><c>ask</c>, <c>leaf</c>, <c>reduce</c>, <c>verify</c> or <c>turn</c>.</param>
    /// <param name="messages">What to send.</param>
    /// <param name="options">Tools, and <see cref="ChatOptions.MaxOutputTokens"/> where less than the model's limit will do.</param>
    /// <param name="cancellationToken">Aborts the request.</param>
    /// <exception cref="Budget.BudgetSpentException">No room in the budget; nothing was sent.</exception>
    /// <exception cref="ModelFaultException">It came to nothing.</exception>
    public abstract Task<ChatResponse> SendAsync(Session session, string purpose, IReadOnlyList<ChatMessage> messages, ChatOptions options, CancellationToken cancellationToken);

    /// <summary>What a call would reserve: the bytes of everything sent, which no tokenizer exceeds, with framing, and the output limit.</summary>
    public abstract Budget.CallCost Worst(IReadOnlyList<ChatMessage> messages, ChatOptions options);
}
