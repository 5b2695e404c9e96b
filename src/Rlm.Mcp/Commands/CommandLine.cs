using System.Reflection;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Commands;

/// <summary>From words to a command and its exit code.</summary>
/// <param name="definitions">The tools, in the contract's order; each is a command.</param>
/// <param name="open">Gives the tools over a root folder; called only when one of them runs.</param>
internal sealed class CommandLine(IReadOnlyList<ToolDefinition> definitions, Func<ToolSettings, ToolRegistry> open)
{
    /// <summary>All commands, in the order of help.</summary>
    public IReadOnlyList<Command> Commands { get; } =
        [.. definitions.Select(definition => new ToolCommand(definition, open)), new ServeCommand(), new DoctorCommand(definitions), new InitCommand()];

    /// <summary>Runs everything but <c>serve</c>, which <see cref="Program"/> takes by a shorter way.</summary>
    /// <param name="arguments">Without the operator's flags.</param>
    /// <param name="settings">What the operator said.</param>
    /// <param name="shell">Streams and the like.</param>
    /// <exception cref="UsageException">Bad usage.</exception>
    public int Run(IReadOnlyList<string> arguments, OperatorSettings settings, Shell shell)
    {
        if (arguments is ["help", ..]) arguments = [.. arguments.Skip(1), Command.Help.Name];
        var (command, parsed) = CommandArguments.Parse(arguments, Commands);
        if (parsed.Has(Command.Version)) return Print(shell, $"rlm-mcp {ProgramVersion}");
        if (command is null) return Print(shell, HelpText.Of(Commands, shell.ProgramName));
        if (parsed.Has(Command.Help)) return Print(shell, HelpText.Of(command, shell.ProgramName));
        return command.Run(parsed, settings, shell);
    }

    /// <summary>Version of this build.</summary>
    public static string ProgramVersion =>
        typeof(CommandLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static int Print(Shell shell, string text)
    {
        shell.Out.WriteLine(text);
        return ExitCodes.Done;
    }
}
