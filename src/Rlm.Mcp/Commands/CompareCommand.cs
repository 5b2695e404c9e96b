using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Rlm.Mcp.Commands.Comparing;
using Rlm.Mcp.Commands.Terminal;
using Rlm.Mcp.Tools;
using Spectre.Console;

namespace Rlm.Mcp.Commands;

/// <summary>Asks questions whose answers are known in several ways, and says what each way got right and what it cost.</summary>
internal sealed class CompareCommand : ShellCommand
{
    private const int Width = 200;

    private readonly Func<ToolSettings, OpenRepository> _open;
    private readonly Argument<string> _file = new("questions") { Description = "one JSON object a line: {\"task\":\"…\",\"over\":[\"src\"],\"gold\":\"text or /regex/\"}", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string[]> _vary = new("--vary") { Description = "per=file,symbol or mode=ask,map,agent or depth=0,1,2; repeatable", HelpName = "NAME=A,B", Arity = ArgumentArity.OneOrMore };
    private readonly Option<bool> _json = JsonOption();

    public CompareCommand(Func<ToolSettings, OpenRepository> open)
        : base("compare", "ask questions in several ways: what is right, and what it costs")
    {
        _open = open;
        Arguments.Add(_file);
        Options.Add(_vary);
        Options.Add(_json);
    }

    public override IReadOnlyList<string> Examples => ["compare questions.jsonl --model auto --vary mode=ask,map,agent", "compare questions.jsonl --model auto --vary mode=map --vary per=file,symbol --max-usd 0.50"];

    public override int Run(ParseResult parsed, OperatorSettings settings, Shell shell)
    {
        if (Words(parsed) is not [{ Length: > 0 } file, ..]) throw new UsageException("compare needs a file of questions, one JSON object a line: {\"task\":\"…\",\"gold\":\"…\"}.");
        var variants = Variant.Of(parsed.GetValue(_vary) ?? []);
        var questions = QuestionFile.Read(PathTools.Absolute(file, shell.StartFolder, new UserFolders(shell.Variable).Home));
        var repository = _open(settings.ForTools(StartRoot.Choose(settings, shell)));
        var caller = repository.Settings.BackEnds.CallerOf(new(Json: false, Progress: null, IsCommandLine: true));
        using var bar = shell.Error.IsTerminal ? new WaitingDisplay(shell.Variable) : null;
        var comparison = new Comparison(repository, caller, bar);
        shell.Error.WriteLine(comparison.HasModel
            ? $"rlm-mcp: {caller.BackEndLine}; every run has the whole budget of one recurse (--max-usd, --max-tokens lower it)"
            : $"rlm-mcp: no model was chosen, so only the ways without one are compared. {(caller.TurnOn is null ? "" : $"To turn one on: {caller.TurnOn}.")}");
        var rows = comparison.Run(questions, variants, shell.Stop);
        shell.Out.WriteLine(parsed.GetValue(_json) ? JsonSerializer.Serialize(rows, JsonForm) : Text(rows));
        return rows.All(row => row.Complete == row.Questions) ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static readonly JsonSerializerOptions JsonForm = new(JsonSerializerDefaults.Web);

    private static string Text(IReadOnlyList<ComparisonRow> rows)
    {
        var table = new Table().Border(TableBorder.Markdown).AddColumn("way");
        foreach (var column in new[] { "right", "true quotes", "root tokens", "tree tokens", "calls", "USD", "seconds", "complete" }) table.AddColumn(new TableColumn(column).RightAligned());
        foreach (var row in rows) table.AddRow([.. Cells(row).Select(cell => new Markup(Markup.Escape(cell)))]);
        using var text = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(text), Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.No });
        console.Profile.Width = Width;
        console.Write(table);
        foreach (var row in rows.Where(row => row.Reasons.Count > 0)) text.WriteLine($"{row.Name}: {string.Join("; ", row.Reasons.Take(3))}{(row.Reasons.Count > 3 ? "; …" : "")}");
        text.WriteLine("right: the gold stands in the answer, without a model in what would have to be read. root tokens: what comes back to the asker, about. USD: 0 where the price is not known.");
        return string.Join('\n', text.ToString().Trim().Split('\n').Select(line => line.TrimEnd()));
    }

    private static IEnumerable<string> Cells(ComparisonRow row)
    {
        string Number(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
        return
        [
            row.Name, row.Judged == 0 ? "-" : Number($"{row.Right} of {row.Judged}"), row.Citations == 0 ? "-" : Number($"{row.TrueCitations} of {row.Citations}"), Number($"{row.RootTokens:N0}"),
            Number($"{row.TreeTokens:N0}"), Number($"{row.Calls:N0}"), Number($"{row.Usd:0.00##}"), Number($"{row.Seconds:0.0}"), Number($"{row.Complete} of {row.Questions}"),
        ];
    }
}
