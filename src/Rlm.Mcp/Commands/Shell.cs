namespace Rlm.Mcp.Commands;

/// <summary>What surrounds the program: its streams, environment variables and start folder. Tests give their own.</summary>
internal sealed record Shell
{
    /// <summary>Results.</summary>
    public required Output Out { get; init; }

    /// <summary>Messages, prompts and progress.</summary>
    public required Output Error { get; init; }

    /// <summary>A person can answer questions.</summary>
    public required bool InputIsTerminal { get; init; }

    /// <summary>Reads one line of a person's answer; null at the end of input.</summary>
    public required Func<string?> ReadLine { get; init; }

    /// <summary>Value of an environment variable, or null.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>All environment variables, for command-line agents, of which these get few; absent = none.</summary>
    public Func<IReadOnlyDictionary<string, string>>? Variables { get; init; }

    /// <summary>This executable; absent where it is not to be started.</summary>
    public string? Executable { get; init; }

    /// <summary>Absolute path of the folder that the program was started in.</summary>
    public required string StartFolder { get; init; }

    /// <summary>Absolute path of what a client should start: the launcher script when it started us (it survives rebuilds), else this executable.</summary>
    public required string ProgramPath { get; init; }

    /// <summary>What help calls the program: <c>./rlm</c> or <c>rlm-mcp</c>.</summary>
    public required string ProgramName { get; init; }

    /// <summary>Fires on Ctrl+C and on a request to end.</summary>
    public required CancellationToken Stop { get; init; }
}
