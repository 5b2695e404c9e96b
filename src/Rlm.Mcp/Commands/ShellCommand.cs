using System.CommandLine;

namespace Rlm.Mcp.Commands;

/// <summary>One command of the program: its options and words, the examples that help shows, and what it does.</summary>
internal abstract class ShellCommand(string name, string description) : Command(name, description)
{
    /// <summary>Complete lines after the program's name, at least one; the first is for the help of the program.</summary>
    public abstract IReadOnlyList<string> Examples { get; }

    /// <summary>Does it.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    /// <exception cref="UsageException">Bad usage that no single option shows.</exception>
    public abstract int Run(ParseResult parsed, OperatorSettings settings, Shell shell);

    /// <summary><c>--json</c>, which several commands have.</summary>
    protected static Option<bool> JsonOption() => new("--json") { Description = "print the JSON form" };

    /// <summary>What stands without an option, in the order typed.</summary>
    protected static IReadOnlyList<string> Words(ParseResult parsed) => [.. parsed.CommandResult.Tokens.Select(token => token.Value)];
}
