using Rlm.Context.History.Native;
using Rlm.Mcp.Commands;
using Rlm.Mcp.Hosting;
using Rlm.Mcp.Tools;
using Rlm.Recursion.Models.Cli;
using Rlm.Recursion.Programs.BuiltIn;

namespace Rlm.Mcp;

/// <summary>
/// The composition root: what the operator said, then either the server or a command. <c>serve</c> takes the short way, because clients wait for it:
/// it loads neither the command line nor the tools before its first answer.
/// </summary>
internal static class Program
{
    private static int Main(string[] args)
    {
#if USE_LUCENE
        Context.Lucene.LuceneEngines.Register();
#endif
        if (args is [BuiltInWorker.Command]) return BuiltInWorker.Run();
        if (args is [CliGuard.Command, .. var guarded]) return CliGuard.Run(guarded);
        if (args is [GitSelfTest.Command, var library, var scratch]) return GitSelfTest.Run(library, scratch);
        if (args is ["serve", ..] or []) Warmup.Begin();
        using var interrupts = new Interrupts();
        var shell = ProcessShell.Create(interrupts.Token);
        try
        {
            return ServeArguments.Read(args, shell.InputIsTerminal) is { } given
                ? Serve(OperatorReader.Read(given, shell), shell, interrupts)
                : RunCommand(args, shell, interrupts);
        }
        catch (Exception fault) when (!shell.Variable("RLM_MCP_DEBUG").IsOn())
        {
            return Faults.Report(fault, shell.Error);
        }
    }

    private static int RunCommand(string[] args, Shell shell, Interrupts interrupts) =>
        new CommandLine(ToolSet.Definitions, Tools, settings => Serve(settings, shell, interrupts)).Run(args, shell);

    private static int Serve(OperatorSettings settings, Shell shell, Interrupts interrupts)
    {
        interrupts.Dispose(); // the host has its own way to end
        return ServeProcess.Run(new()
        {
            Version = ProgramVersion.Text,
            Tools = ToolSet.DefinitionsFor(settings.Model),
            Root = StartRoot.Request(settings, shell),
            Open = root => Tools(settings.ForServer(root)),
        });
    }

    private static ToolRegistry Tools(ToolSettings settings)
    {
        GitLibrary.SelfTest ??= GitLibraryTest.Passes;
        return ToolSet.Create(settings);
    }
}
