using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Hosting;

/// <summary>What a server needs to know before its first message; nothing of it reads the repository.</summary>
internal sealed record ServeSettings
{
    /// <summary>The server's version, shown to clients.</summary>
    public required string Version { get; init; }

    /// <summary>What clients are offered, in the contract's order.</summary>
    public required IReadOnlyList<ToolDefinition> Tools { get; init; }

    /// <summary>What the operator said about the root.</summary>
    public required RootRequest Root { get; init; }

    /// <summary>
    /// Opens a root folder: gives the tools over it. Called once, on a thread of its own, by the first tool call,
    /// so that <c>initialize</c> is answered before any disk is touched. When it throws, that call fails and the next one tries again.
    /// </summary>
    public required Func<string, ToolRegistry> Open { get; init; }

    /// <summary>Machine name and display name.</summary>
    public string Name { get; init; } = "rlm-mcp";

    /// <inheritdoc cref="Name"/>
    public string Title { get; init; } = "Rlm.Mcp";

    /// <summary>What the model is told about the server.</summary>
    public string Instructions { get; init; } = ServerInstructions.Text;

    /// <summary>The clock of progress notifications and time limits.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Tool calls at work at the same time; more wait their turn.</summary>
    public int Width { get; init; } = Math.Max(2, Environment.ProcessorCount * 2);

    /// <summary>How long calls at work may go on after the end of input.</summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long the client may take to name its roots.</summary>
    public TimeSpan RootsTime { get; init; } = TimeSpan.FromSeconds(3);
}
