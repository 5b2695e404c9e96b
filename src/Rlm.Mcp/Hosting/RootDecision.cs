namespace Rlm.Mcp.Hosting;

/// <summary>Which folder is the root, or why none is.</summary>
/// <param name="Folder">Absolute path of the root; null when refused.</param>
/// <param name="Refusal">What is wrong with the folder that was asked for; null when there is a root.</param>
internal sealed record RootDecision(string? Folder, string? Refusal = null)
{
    /// <summary>What the operator sets to get a root; the second half of every refusal.</summary>
    public const string Remedy = "Start the server with --root DIR in its args (or RLM_MCP_ROOT=DIR in its environment); --allow-broad-root lifts the ban on home and /.";
}
