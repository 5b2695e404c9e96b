using System.CommandLine;
using System.Text.Json;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Commands;

/// <summary>The sessions that are kept, newest first: short for <c>session --action list</c>.</summary>
internal sealed class SessionsCommand : ShellCommand
{
    private readonly Func<ToolSettings, ToolRegistry> _open;
    private readonly Option<bool> _json = JsonOption();

    public SessionsCommand(Func<ToolSettings, ToolRegistry> open)
        : base("sessions", "list the sessions that are kept, newest first")
    {
        _open = open;
        Options.Add(_json);
    }

    public override IReadOnlyList<string> Examples => ["sessions", "sessions --json"];

    public override int Run(ParseResult parsed, OperatorSettings settings, Shell shell)
    {
        var tool = _open(settings.ForTools(StartRoot.Choose(settings, shell))).Find("session")!;
        return ToolCommand.Print(tool, new() { ["action"] = JsonElement.Parse("\"list\"") }, parsed.GetValue(_json), shell);
    }
}
