using System.CommandLine;
using System.Text.Json;
using Rlm.Mcp.Commands.Terminal;
using Rlm.Mcp.Tools;
using Rlm.Recursion.Sessions;

namespace Rlm.Mcp.Commands;

/// <summary>The sessions that are kept, newest first: short for <c>session --action list</c>.</summary>
internal sealed class SessionsCommand : ShellCommand
{
    private readonly Func<ToolSettings, ToolRegistry> _tools;
    private readonly Func<ToolSettings, OpenRepository> _open;
    private readonly Option<bool> _json = JsonOption();

    public SessionsCommand(Func<ToolSettings, ToolRegistry> tools, Func<ToolSettings, OpenRepository> open)
        : base("sessions", "list the sessions that are kept, newest first")
    {
        (_tools, _open) = (tools, open);
        Options.Add(_json);
    }

    public override IReadOnlyList<string> Examples => ["sessions", "sessions --json"];

    public override int Run(ParseResult parsed, OperatorSettings settings, Shell shell)
    {
        var tools = settings.ForTools(StartRoot.Choose(settings, shell));
        if (shell.Out.IsTerminal && !parsed.GetValue(_json)) return Table(_open(tools), shell);
        var tool = _tools(tools).Find("session")!;
        return ToolCommand.Print(tool, new() { ["action"] = JsonElement.Parse("\"list\"") }, parsed.GetValue(_json), shell);
    }

    private static int Table(OpenRepository repository, Shell shell)
    {
        var engine = repository.Engine();
        var table = SessionTable.Of(engine.List(), TimeProvider.System.GetUtcNow(), TerminalConsole.Width(shell.Variable), session => session.Status == SessionStatus.Running && engine.IsIdleProgram(session.Id, session.Mode));
        shell.Out.WriteStyled(TerminalConsole.Draw(table, shell.Variable));
        return ExitCodes.Done;
    }
}
