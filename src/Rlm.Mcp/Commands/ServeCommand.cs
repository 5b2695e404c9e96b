namespace Rlm.Mcp.Commands;

/// <summary>Help and argument checking for <c>serve</c>; <see cref="Program"/> runs it without coming here.</summary>
internal sealed class ServeCommand : Command
{
    /// <summary>Its name on the command line.</summary>
    public const string Name = "serve";

    public override IReadOnlyList<string> Names => [Name];

    public override string Summary => "serve the tools to an MCP client over stdin and stdout (the default when stdin is not a terminal)";

    public override IReadOnlyList<string> Examples => ["serve", "serve --root ~/src/app"];

    /// <summary>True when the arguments, the operator's flags taken out, ask for the server and nothing else.</summary>
    public static bool IsAskedBy(IReadOnlyList<string> arguments, bool inputIsTerminal) => arguments is [Name] || arguments.Count == 0 && !inputIsTerminal;

    public override int Run(CommandArguments arguments, OperatorSettings settings, Shell shell) =>
        throw new UsageException($"serve takes no words, but was given X.");
}
