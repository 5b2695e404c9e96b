using Rlm.Mcp.Commands;
using Rlm.Mcp.Hosting;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp;

/// <summary>
/// The composition root: what the operator said, then either the server or a command. <c>serve</c> takes the short way, because clients wait for it:
/// it loads neither the commands nor the tools before its first answer.
/// </summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        if (args is ["serve", ..] or []) Warmup.Begin();
        using var interrupts = new Interrupts();
        var shell = ProcessShell.Create(interrupts.Token);
        try
        {
            var (given, rest) = OperatorArguments.Take(args);
            var settings = OperatorReader.Read(new(given, rest), shell.Variable, shell.StartFolder);
            foreach (var warning in settings.Warnings) shell.Error.WriteLine($"rlm-mcp: {warning}");
            return ServeCommand.IsAskedBy(rest, shell.InputIsTerminal)
                ? Serve(settings, shell, interrupts)
                : new CommandLine(ToolSet.Definitions, ToolSet.Create).Run(rest, settings, shell);
        }
        catch (Exception fault) when (!shell.Variable("RLM_MCP_DEBUG").IsOn())
        {
            return Faults.Report(fault, shell.Error);
        }
    }

    private static int Serve(OperatorSettings settings, Shell shell, Interrupts interrupts)
    {
        interrupts.Dispose(); // the host has its own way to end
        return ServeProcess.Run(new()
        {
            Version = CommandLine.ProgramVersion,
            Tools = ToolSet.Definitions,
            Root = StartRoot.Request(settings, shell),
            Open = root => ToolSet.Create(settings.ForTools(root)),
        });
    }
}
