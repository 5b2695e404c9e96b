namespace Rlm.Recursion.Running.Planning;

/// <summary>What is there to choose a back end from. Found out by the program; nothing of it comes from the repository or from a tool's arguments.</summary>
internal sealed record BackEndsFound
{
    /// <summary>What the operator wrote for <c>--model</c>, <c>auto</c> included; null for nothing.</summary>
    public string? Asked { get; init; }

    /// <summary>A back end in the user's configuration, which <c>auto</c> takes first; null for none.</summary>
    public string? Configured { get; init; }

    /// <summary>Models of providers whose key is in the environment, as back ends, best first, such as <c>anthropic:MODEL</c>.</summary>
    public IReadOnlyList<string> Keyed { get; init; } = [];

    /// <summary>Command lines that are there and logged in, best first: <c>claude</c>, <c>codex</c>, <c>gemini</c>.</summary>
    public IReadOnlyList<string> LoggedIn { get; init; } = [];

    /// <summary>The client offers sampling, and the operator allows it.</summary>
    public bool MaySample { get; init; }

    /// <summary>Serving a client, and not on the command line.</summary>
    public bool InClient { get; init; }

    /// <summary>The client as <c>rlm-mcp init</c> knows it: <c>claude</c>, <c>vscode</c>, <c>codex</c>, <c>gemini</c>, <c>copilot</c>, <c>opencode</c>; null for others.</summary>
    public string? InitName { get; init; }

    /// <summary>No network connection may be opened.</summary>
    public bool Offline { get; init; }
}
