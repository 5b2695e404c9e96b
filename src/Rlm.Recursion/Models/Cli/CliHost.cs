namespace Rlm.Recursion.Models.Cli;

/// <summary>What starting command-line agents needs of the machine; given by the program's own start, which alone reads the environment.</summary>
public sealed class CliHost
{
    /// <summary>Program and first arguments of our guard, such as the server's own path and <c>__guard --</c>; the agent's program and arguments follow.</summary>
    public required IReadOnlyList<string> Guard { get; init; }

    /// <summary>The environment; only what an agent needs is handed on.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Variables that the operator hands on besides, by name and value: a proxy, an address.</summary>
    public IReadOnlyDictionary<string, string> Extra { get; init; } = new Dictionary<string, string>();

    /// <summary>Where empty folders are made; null for the system's own place.</summary>
    public string? TemporaryFolder { get; init; }
}
