using System.CommandLine;

namespace Rlm.Mcp.Commands;

/// <summary>The server. Plain lines reach it by a shorter way: <see cref="ServeArguments"/>.</summary>
/// <param name="serve">Serves until the end of input and gives the exit code.</param>
internal sealed class ServeCommand(Func<OperatorSettings, int> serve)
    : ShellCommand(CommandName, "serve the tools to an MCP client over stdin and stdout (the default when stdin is not a terminal)")
{
    /// <summary>Its name on the command line.</summary>
    public const string CommandName = "serve";

    public override IReadOnlyList<string> Examples => ["serve", "serve --root ~/src/app"];

    public override int Run(ParseResult parsed, OperatorSettings settings, Shell shell) => serve(settings);
}
