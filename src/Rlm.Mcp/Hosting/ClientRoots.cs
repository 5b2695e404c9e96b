using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Rlm.Mcp.Hosting;

/// <summary>Asks the client for its roots, for the one case where the operator's root was refused.</summary>
internal static class ClientRoots
{
    /// <summary>The URIs that the client names; none when it declares no roots, does not answer in time or refuses.</summary>
    /// <exception cref="OperationCanceledException">The call itself was cancelled.</exception>
    public static async Task<IReadOnlyList<string>> AskAsync(McpServer server, TimeSpan patience, CancellationToken cancellationToken)
    {
#pragma warning disable MCP9005 // Roots are deprecated in the 2026-07-28 revision: a last resort here, and still what many clients have.
        if (server.ClientCapabilities?.Roots is null) return [];
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            var answer = await server.RequestRootsAsync(new ListRootsRequestParams(), limit.Token).AsTask().WaitAsync(limit.Token).ConfigureAwait(false);
            return [.. answer.Roots.Select(root => root.Uri)];
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested && fault is OperationCanceledException or McpException or InvalidOperationException or IOException or System.Text.Json.JsonException)
        {
            return [];
        }
#pragma warning restore MCP9005
    }
}
