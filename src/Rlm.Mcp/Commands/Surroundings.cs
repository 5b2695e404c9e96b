using Rlm.Recursion.Models.Cli;

namespace Rlm.Mcp.Commands;

/// <summary>What back ends need of the process.</summary>
/// <param name="Variable">The environment.</param>
/// <param name="Cli">For command-line agents.</param>
internal sealed record Surroundings(Func<string, string?> Variable, CliHost Cli)
{
    /// <summary>Starts the worker of the built-in interpreter: this executable and its command; null where it is not to be started.</summary>
    public IReadOnlyList<string>? Worker { get; init; }
}
