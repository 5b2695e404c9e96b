using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Commands;

/// <summary>From words to a command and its exit code, by System.CommandLine.</summary>
/// <param name="definitions">The tools, in the contract's order; each is a command.</param>
/// <param name="open">Gives the tools over a root folder; called only when one of them runs.</param>
/// <param name="serve">Serves until the end of input and gives the exit code.</param>
/// <param name="repository">Gives what commands that are no tools work with, over a root folder; null for the real one.</param>
internal sealed class CommandLine(IReadOnlyList<ToolDefinition> definitions, Func<ToolSettings, ToolRegistry> open, Func<OperatorSettings, int> serve, Func<ToolSettings, OpenRepository>? repository = null)
{
    // "@" begins the name of a set, not a response file, and "-ab" is no bundle.
    private static readonly ParserConfiguration Configuration = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    /// <summary>All commands, in the order of help.</summary>
    public IReadOnlyList<ShellCommand> Commands { get; } =
        [.. definitions.Select(definition => definition.Name == "program" ? new ProgramCommand(definition, open) : new ToolCommand(definition, open)), new ServeCommand(serve), new SessionsCommand(open, repository ?? (settings => new(settings))), new TraceCommand(open, repository ?? (settings => new(settings))), new CompareCommand(repository ?? (settings => new(settings))), new IndexCommand(), new DoctorCommand(definitions), new InitCommand()];

    /// <summary>Runs one line.</summary>
    /// <exception cref="UsageException">Bad usage.</exception>
    public int Run(IReadOnlyList<string> arguments, Shell shell)
    {
        if (arguments is ["help", ..]) arguments = [.. arguments.Skip(1), "--help"];
        var parsed = Parse(Root(shell), arguments);
        if (UsageErrors.Find(parsed, arguments) is { } fault) throw fault;
        using var text = new StringWriter { NewLine = "\n" };
        var code = parsed.Invoke(new() { Output = text, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        if (text.ToString() is { Length: > 0 } printed) shell.Out.WriteLine(printed);
        return code;
    }

    private RootCommand Root(Shell shell)
    {
        var help = new HelpWithExamples(Commands, shell);
        var root = new RootCommand("One repository as a context store: for MCP clients and for you.") { HelpName = shell.ProgramName };
        root.Options.Clear(); // its --help also goes by /h and /?, which may be paths
        var operators = new OperatorOptions();
        operators.AddTo(root);
        root.Options.Add(new HelpOption("--help", "-h") { Description = "show this help", Action = help });
        root.Options.Add(new VersionOption { Description = "show the version", Recursive = true, Action = new VersionLine() });
        foreach (var option in Commands.SelectMany(command => command.Options).DistinctBy(option => option.Name)) root.Options.Add(Early(option));
        root.SetAction(parsed => shell.InputIsTerminal ? help.Invoke(parsed) : serve(Settings(parsed)));
        foreach (var command in Commands)
        {
            command.SetAction(parsed => command.Run(parsed, Settings(parsed), shell));
            root.Subcommands.Add(command);
        }
        return root;

        OperatorSettings Settings(ParseResult parsed) => OperatorReader.Read(operators.Given(parsed), shell);
    }

    // Options may stand before their command, whose own ones are known only behind it: such a command is brought to the front.
    private static ParseResult Parse(RootCommand root, IReadOnlyList<string> arguments)
    {
        var parsed = root.Parse([.. WithEmptyValues(arguments)], Configuration);
        if (parsed.Tokens.FirstOrDefault(token => token.Type == TokenType.Command) is not { } command || ReferenceEquals(parsed.Tokens[0], command)) return parsed;
        return root.Parse([command.Value, .. parsed.Tokens.Where(token => !ReferenceEquals(token, command)).Select(token => token.Value)], Configuration);
    }

    // Stands in for a command's option until the command is known.
    private static Option Early(Option option) =>
        option is Option<bool> ? new Option<bool>(option.Name, [.. option.Aliases]) { Hidden = true } : new Option<string[]>(option.Name, [.. option.Aliases]) { Hidden = true, Arity = option.Arity };

    // The library drops an empty value behind "=", and the next word would become the value.
    private static IEnumerable<string> WithEmptyValues(IReadOnlyList<string> arguments)
    {
        var words = arguments.TakeWhile(argument => argument != "--").ToList();
        return [.. words.SelectMany(word => word.StartsWith("--", StringComparison.Ordinal) && word.EndsWith('=') && word.IndexOf('=', StringComparison.Ordinal) == word.Length - 1 ? new[] { word[..^1], "" } : [word]), .. arguments.Skip(words.Count)];
    }
}
