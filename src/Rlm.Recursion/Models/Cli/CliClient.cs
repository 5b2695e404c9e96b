using System.Text;
using Microsoft.Extensions.AI;

namespace Rlm.Recursion.Models.Cli;

/// <summary>A command-line agent as a model without tools: each call is a process of its own.</summary>
internal sealed class CliClient(CliHost host, CliAgent agent, string path) : IChatClient
{
    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var config = (agent.ConfigVariable, host.Environment.GetValueOrDefault(agent.ConfigVariable));
        var result = await CliProcess.RunAsync(host, [path, .. agent.Arguments], [config, .. agent.Variables], agent.Files, Prompt([.. messages], options), cancellationToken).ConfigureAwait(false);
        if (result.ExitCode == CliGuard.NotStarted && result.Output.Length == 0) throw new ModelFaultException(ModelFaultKind.Refused, $"{agent.Program} could not be started.");
        var reply = agent.Read(result);
        return new(new ChatMessage(ChatRole.Assistant, reply.Text)) { Usage = reply.Usage, FinishReason = ChatFinishReason.Stop };
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("Replies are taken whole.");

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        // Holds nothing between calls.
    }

    // One question goes as it is; a conversation gets its speakers.
    private static string Prompt(IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        var text = new StringBuilder(options?.Instructions);
        var several = messages.Count(message => message.Role != ChatRole.System) > 1;
        foreach (var message in messages)
        {
            if (text.Length > 0) text.Append("\n\n");
            if (several && message.Role != ChatRole.System) text.Append('[').Append(message.Role.Value).Append("]\n");
            text.Append(message.Text);
        }
        return text.ToString();
    }
}
