using Microsoft.Extensions.AI;
using ModelContextProtocol;
using ModelContextProtocol.Server;
using Rlm.Recursion.Models;

namespace Rlm.Mcp.Hosting;

/// <summary>The client's own model as a chat client: each call is a sampling request of the protocol. Nothing is sent where the client has not declared it.</summary>
internal sealed class SamplingClient : DelegatingChatClient
{
    private SamplingClient(IChatClient inner) : base(inner)
    {
    }

#pragma warning disable MCP9005 // deprecated in the newest protocol, and what clients of the older ones offer
    /// <summary>For a connection; null where the client does not offer sampling.</summary>
    public static SamplingClient? Of(McpServer server)
    {
        if (server.ClientCapabilities?.Sampling is null) return null;
        try
        {
            return new(server.AsSamplingChatClient());
        }
        catch (InvalidOperationException)
        {
            return null; // declared, but this era of the protocol has no way for it
        }
    }
#pragma warning restore MCP9005

    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        try
        {
            return await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        }
        catch (McpException refusal)
        {
            // A person may have said no, which is an answer: it is not asked again.
            throw new ModelFaultException(ModelFaultKind.Refused, "The client did not carry out the sampling request.", refusal);
        }
        catch (Exception fault) when (fault is IOException or InvalidOperationException)
        {
            throw new ModelFaultException(ModelFaultKind.Refused, "The client cannot be asked any more.", fault);
        }
    }
}
