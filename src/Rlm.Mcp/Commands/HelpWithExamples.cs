using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Rlm.Mcp.Commands;

/// <summary>What <c>--help</c> prints: the library's own text, then examples.</summary>
internal sealed class HelpWithExamples(IReadOnlyList<ShellCommand> commands, Shell shell) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var standard = new HelpAction();
        if (!shell.Out.IsTerminal) standard.MaxWidth = int.MaxValue;
        standard.Invoke(parseResult);

        var text = parseResult.InvocationConfiguration.Output;
        var flags = OperatorFlags.All;
        text.WriteLine($"{flags[0].Name} to {flags[^1].Name} are also variables ({OperatorFlags.VariableOf(flags[0])}) and keys of the user's configuration file (\"{OperatorFlags.KeyOf(flags[0])}\").");
        text.WriteLine("Words that begin with a dash go after \"--\". Exit codes: 0 done, 1 failed or partial, 2 bad usage, 3 not available.");
        text.WriteLine("\nExamples:");
        foreach (var example in parseResult.CommandResult.Command is ShellCommand command ? command.Examples : commands.Select(one => one.Examples[0]))
            text.WriteLine($"  {shell.ProgramName} {example}");
        return ExitCodes.Done;
    }
}
