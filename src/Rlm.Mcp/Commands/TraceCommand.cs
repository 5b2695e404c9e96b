using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Rlm.Mcp.Commands.Terminal;
using Rlm.Mcp.Sessions;
using Rlm.Mcp.Tools;
using Rlm.Mcp.Watching;
using Rlm.Recursion;
using Rlm.Recursion.Sessions;

namespace Rlm.Mcp.Commands;

/// <summary>What a session and those below it did, in full, as text or as a page that may follow it; or the session run again from its recording, without a model.</summary>
internal sealed class TraceCommand : ShellCommand
{
    private readonly Func<ToolSettings, ToolRegistry> _tools;
    private readonly Func<ToolSettings, OpenRepository> _open;
    private readonly Argument<string> _id = new("id") { Description = "of the session, from recurse or sessions", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _replay = new("--replay") { Description = "run it again from its recording, offline, and say whether the answer is the same" };
    private readonly Option<string> _html = new("--html") { Description = "write it as one HTML page, without scripts and with the source that was read, to a file outside the root", HelpName = "FILE" };
    private readonly Option<bool> _watch = new("--watch") { Description = "serve that page on loopback and follow the session, until Ctrl+C; without an id the newest that runs" };
    private readonly Option<bool> _json = JsonOption();

    public TraceCommand(Func<ToolSettings, ToolRegistry> tools, Func<ToolSettings, OpenRepository> open)
        : base("trace", "what a session did: turns, tool calls, tokens, cost")
    {
        (_tools, _open) = (tools, open);
        Arguments.Add(_id);
        foreach (var option in new Option[] { _replay, _html, _watch, _json }) Options.Add(option);
    }

    public override IReadOnlyList<string> Examples => ["trace s-…", "trace s-… --html ../run.html", "trace --watch", "trace s-… --replay"];

    public override int Run(ParseResult parsed, OperatorSettings settings, Shell shell)
    {
        if (parsed.GetValue(_watch)) return Watch(Words(parsed) is [var watched, ..] ? watched : null, parsed, settings, shell);
        if (Words(parsed) is not [var id, ..]) throw new UsageException("trace needs the id of a session; sessions lists them.");
        var root = StartRoot.Choose(settings, shell);
        var tools = settings.ForTools(root);
        if (parsed.GetValue(_replay)) return Replay(id, _open(tools), parsed.GetValue(_json), shell);
        if (parsed.GetValue(_json)) return ToolCommand.Print(_tools(tools).Find("session")!, new() { ["id"] = JsonSerializer.SerializeToElement(id), ["action"] = JsonElement.Parse("\"trajectory\"") }, json: true, shell);
        var engine = _open(tools).Engine();
        if (parsed.GetValue(_html) is { } file) return Page(id, engine, AnswerFile.Of(file, "--html", root, shell), shell, file);
        var damaged = engine.Trajectory(id).Damaged;
        if (shell.Out.IsTerminal && engine.Trajectories(id) is { } node) shell.Out.WriteStyled(TerminalConsole.Draw(TrajectoryView.Of(node), shell.Variable));
        else shell.Out.WriteLine(engine.TrajectoryText(id, int.MaxValue) ?? "nothing was done yet");
        return damaged > 0 ? ExitCodes.Failed : ExitCodes.Done;
    }

    private int Watch(string? id, ParseResult parsed, OperatorSettings settings, Shell shell)
    {
        if (parsed.GetValue(_replay) || parsed.GetValue(_json) || parsed.GetValue(_html) is not null) throw new UsageException("--watch goes alone: --html, --json and --replay end at once.");
        var engine = _open(settings.ForTools(StartRoot.Choose(settings, shell))).Engine();
        id = id is null ? engine.List().Sessions.FirstOrDefault(session => session is { Parent: null, Status: SessionStatus.Running or SessionStatus.NeedsHost } && engine.IsAlive(session))?.Id : engine.Find(id).Id;
        using var server = new WatchServer(new(engine));
        shell.Out.WriteLine(server.Address + id);
        shell.Error.WriteLine($"rlm-mcp: {(id is null ? "no session runs; the page lists those that are kept, and those that begin" : $"following {id}")}. Only who has this address can read it. Ctrl+C ends.");
        server.RunAsync(shell.Stop).GetAwaiter().GetResult();
        return ExitCodes.Done;
    }

    private static int Page(string id, RecursionEngine engine, AnswerFile file, Shell shell, string name)
    {
        var damaged = engine.Trajectory(id).Damaged;
        shell.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"rlm-mcp: {file.Write(engine.TrajectoryHtml(id, shell.Stop) ?? ""):N0} bytes written to {name}."));
        return damaged > 0 ? ExitCodes.Failed : ExitCodes.Done;
    }

    private static int Replay(string id, OpenRepository repository, bool json, Shell shell)
    {
        var replayed = SessionReplay.Run(repository, id, shell.Stop);
        shell.Out.WriteLine(json ? JsonSerializer.Serialize(new { session = id, same = replayed.IsSame, requests = replayed.Requests, unknown = replayed.Unknown, status = replayed.Status, why = replayed.Why }) : Text(id, replayed));
        return replayed.IsSame ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static string Text(string id, SessionReplay replayed) => string.Create(CultureInfo.InvariantCulture,
        $"{id} replayed from {replayed.Requests:N0} recorded replies, no model asked: {(replayed.IsSame ? "the answer is the same, byte for byte" : $"the answer differs: {replayed.Why}")}");
}
