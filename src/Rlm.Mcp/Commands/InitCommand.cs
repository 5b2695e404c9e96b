using System.CommandLine;
using System.CommandLine.Parsing;
using Rlm.Mcp.Commands.Clients;

namespace Rlm.Mcp.Commands;

/// <summary>
/// Connects an MCP client: prints the entry for its settings, or writes it when asked to. The one command that may write below the root,
/// and only the client's own settings file.
/// </summary>
internal sealed class InitCommand : ShellCommand
{
    private readonly Option<bool> _write = new("--write") { Description = "write the settings file instead of printing the entry" };

    public InitCommand()
        : base("init", "connect an MCP client: print or write the entry for its settings")
    {
        var client = new Argument<string[]>("client") { Description = string.Join(", ", Client.Names) };
        client.CompletionSources.Add([.. Client.Names]);
        Arguments.Add(client);
        Options.Add(_write);
    }

    public override IReadOnlyList<string> Examples => ["init claude --write", "init vscode", "init codex --model cli:codex", "init opencode --write"];

    public override int Run(ParseResult parsed, OperatorSettings settings, Shell shell)
    {
        if (Words(parsed) is not [var name]) throw new UsageException($"init takes one client: {string.Join(", ", Client.Names)}.");
        if (!Client.Names.Contains(name)) throw new UsageException($"Unknown client \"{name}\".{Hints.Near(name, Client.Names)} Clients: {string.Join(", ", Client.Names)}.");
        if (name is not ("claude" or "vscode") && Given(parsed, OperatorFlags.Root) is not null) shell.Error.WriteLine($"--root is not part of the entry: it holds for every folder that {name} is started in.");
        string[] model = (settings.Model ?? ModelQuestion.Ask(shell)) is { } chosen ? [OperatorFlags.Model.Name, chosen] : [];
        var home = new UserFolders(shell.Variable).Home;
        var client = Client.Of(name, new(shell.ProgramPath, () => StartRoot.Choose(settings, shell), shell.StartFolder, home, shell.Variable, [.. model, .. Carried(parsed, shell.StartFolder, home)]));
        return Connect(client, parsed.GetValue(_write), shell);
    }

    // What is said here for the server, such as a budget, is said to the server that the client will start.
    private static IEnumerable<string> Carried(ParseResult parsed, string folder, string? home)
    {
        foreach (var flag in OperatorFlags.All)
        {
            if (flag == OperatorFlags.Root || flag == OperatorFlags.Model || Given(parsed, flag) is not { } given) continue;
            var values = given.Tokens.Select(token => token.Value).ToArray();
            if (flag.Kind == FlagKind.Switch) yield return values is [var said] ? $"{flag.Name}={said}" : flag.Name;
            else
                foreach (var value in flag.Kind == FlagKind.Value ? values[^1..] : values)
                {
                    yield return flag.Name;
                    yield return flag.ValueName == "FILE" || flag == OperatorFlags.Cache ? PathTools.Absolute(value, folder, home) : value;
                }
        }
    }

    private static OptionResult? Given(ParseResult parsed, Flag flag) => parsed.GetResult(flag.Name) is OptionResult { Implicit: false } given ? given : null;

    private static int Connect(Client client, bool write, Shell shell)
    {
        var before = SettingsFile.Read(client.File, client.Folder);
        var edit = before.Problem is { } problem ? Edit.Refused(problem) : client.Apply(before.Text);
        if (edit.Problem is not null) return LeftAlone(client, edit.Problem, write, shell);
        if (edit.Text == before.Text)
        {
            shell.Error.WriteLine($"{client.File} has this entry already; nothing to do.");
            return ExitCodes.Done;
        }
        if (before.IsReadOnly) return LeftAlone(client, "it is read-only.", write, shell);
        var ask = !write && CanAsk(shell);
        if (write || ask || before.Text is not null)
        {
            shell.Error.WriteLine($"{(before.Text is null ? "New file" : "Change to")} {client.File}:");
            shell.Error.WriteLine(LineDiff.Of(before.Text ?? "", edit.Text!));
        }
        if (!write && !(ask && Confirmed(shell)))
        {
            shell.Out.WriteLine(client.Snippet);
            shell.Error.WriteLine($"Nothing written. Put this into {client.File}, or run again with --write.{(client.Alternative is { } other ? $" Or: {other}" : "")}");
            return ExitCodes.Done;
        }
        var backup = SettingsFile.Write(client.File, before, edit.Text!);
        shell.Error.WriteLine($"Written.{(backup is null ? "" : $" The old one is {backup}.")} {client.Afterwards}");
        return ExitCodes.Done;
    }

    private static int LeftAlone(Client client, string problem, bool write, Shell shell)
    {
        shell.Error.WriteLine($"{client.File} is left alone: {problem} Add this by hand:");
        shell.Out.WriteLine(client.Snippet);
        return write ? ExitCodes.Failed : ExitCodes.Done;
    }

    private static bool CanAsk(Shell shell) => shell.InputIsTerminal && shell.Error.IsTerminal;

    private static bool Confirmed(Shell shell)
    {
        shell.Error.Write("Write it? [y/N] ");
        return shell.ReadLine()?.Trim().ToLowerInvariant() is "y" or "yes";
    }
}
