using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Rlm.Mcp.Commands.Terminal;
using Rlm.Mcp.Tools;
using Rlm.Recursion.Sessions;

namespace Rlm.Mcp.Commands;

/// <summary>A tool as a command: every parameter an option, the positional ones also words; the same text as over MCP.</summary>
internal class ToolCommand : ShellCommand
{
    private readonly ToolDefinition _definition;
    private readonly Func<ToolSettings, ToolRegistry> _open;
    private readonly IReadOnlyList<(ToolParameter Parameter, Option Option)> _options;
    private readonly Option<bool> _json = JsonOption();
    private readonly Option<string>? _out;

    /// <param name="definition">The tool.</param>
    /// <param name="open">Gives the tools over a root folder; called only when the command runs.</param>
    public ToolCommand(ToolDefinition definition, Func<ToolSettings, ToolRegistry> open)
        : base(definition.Name, FirstSentence(definition.Description))
    {
        (_definition, _open) = (definition, open);
        _options = [.. definition.Parameters.Select(parameter => (parameter, ToolOption.Of(parameter)))];
        if (definition.Name == "recurse") Aliases.Add("ask");
        foreach (var parameter in Positional) Arguments.Add(WordsOf(parameter));
        foreach (var (_, option) in _options) Options.Add(option);
        Options.Add(_json);
        if (definition.Name != "recurse") return;
        _out = new("--out") { Description = "also write the answer, and nothing else, to a file outside the root", HelpName = "FILE" };
        Options.Add(_out);
    }

    public override IReadOnlyList<string> Examples => ToolExamples.Of(_definition.Name);

    public override int Run(ParseResult parsed, OperatorSettings settings, Shell shell)
    {
        var json = parsed.GetValue(_json);
        var values = Values(parsed);
        if (_out is not null && parsed.GetValue(_out) is { } path) return RunTo(path, values, json, settings, shell);
        return CallAndPrint(Open(settings, shell), values, json, shell);
    }

    /// <summary>The tools over the root.</summary>
    protected ToolRegistry Open(OperatorSettings settings, Shell shell) => _open(settings.ForTools(StartRoot.Choose(settings, shell)));

    /// <summary>Whether JSON was asked for.</summary>
    protected bool IsJson(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>Calls this tool, which ends the others' work, and prints its result.</summary>
    protected int CallAndPrint(ToolRegistry tools, Dictionary<string, JsonElement> values, bool json, Shell shell) => Print(Call(tools, values, json, shell, null), json, shell);

    /// <summary>Calls this tool; the others go on.</summary>
    public ToolResult CallWith(ToolRegistry tools, Dictionary<string, JsonElement> values, bool json, Shell shell) => Call(tools.Find(_definition.Name)!, values, json, shell, null);

    /// <summary>Calls a tool and prints its result.</summary>
    /// <returns>The exit code.</returns>
    public static int Print(ITool tool, Dictionary<string, JsonElement> values, bool json, Shell shell) => Print(Call(tool, values, json, shell, null), json, shell);

    private static int Print(ToolResult result, bool json, Shell shell)
    {
        (result.IsError && !json ? shell.Error : shell.Out).WriteLine(result.Text);
        return ExitCodeOf(result);
    }

    // Only what the session says is its answer: a draft in a file would pass for one.
    private int RunTo(string path, Dictionary<string, JsonElement> values, bool json, OperatorSettings settings, Shell shell)
    {
        var root = StartRoot.Choose(settings, shell);
        var file = AnswerFile.Of(path, "--out", root, shell);
        Answer? answer = null;
        var result = Call(_open(settings.ForTools(root)), values, json, shell, given => answer = given);
        var code = Print(result, json, shell);
        if (result.IsError) return code;
        if (answer is not { Ready: true })
        {
            shell.Error.WriteLine($"rlm-mcp: nothing was written to {path}: {(answer is null ? "there is no answer of a model" : "what there is is a draft, not an answer")}.");
            return ExitCodes.Failed;
        }
        shell.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"rlm-mcp: {file.Write(answer.Content):N0} bytes written to {path}{(result.IsPartial ? ", of a partial result" : "")}."));
        return code;
    }

    /// <summary>What was typed, by parameter.</summary>
    protected Dictionary<string, JsonElement> Values(ParseResult parsed)
    {
        var values = _options.Where(pair => parsed.GetResult(pair.Option) is { Implicit: false }).ToDictionary(pair => pair.Parameter.Name, pair => ToolOption.Value(parsed, pair.Option));
        var words = Words(parsed).ToList();
        foreach (var parameter in Positional)
        {
            if (words.Count == 0) break;
            if (values.ContainsKey(parameter.Name)) continue; // its option was used: the words are for the next one
            var own = words[..(parameter.Type == ParameterType.TextList ? words.Count : 1)];
            words.RemoveRange(0, own.Count);
            values[parameter.Name] = ToolValues.Of(parameter, parameter.Name.ToUpperInvariant(), own);
        }
        return words.Count == 0 ? values : throw UsageErrors.TooMany(words[0]);
    }

    private ToolResult Call(ToolRegistry tools, Dictionary<string, JsonElement> values, bool json, Shell shell, Action<Answer>? answered)
    {
        try
        {
            return Call(tools.Find(_definition.Name)!, values, json, shell, answered);
        }
        finally
        {
            tools.End?.Invoke();
        }
    }

    private static ToolResult Call(ITool tool, Dictionary<string, JsonElement> values, bool json, Shell shell, Action<Answer>? answered)
    {
        var context = new ToolContext(json, Progress: null, IsCommandLine: true) { Answered = answered, Log = shell.Variable("RLM_MCP_DEBUG").IsOn() ? shell.Error.WriteLine : null };
        if (!shell.Error.IsTerminal) return ToolRegistry.Call(tool, values, context, shell.Stop);
        using var bar = new WaitingDisplay(shell.Variable);
        return ToolRegistry.Call(tool, values, context with { Progress = bar, Watched = bar.Report }, shell.Stop);
    }

    private static int ExitCodeOf(ToolResult result) => result switch
    {
        { IsError: true } => Faults.CodeOf(result.ErrorCode),
        { IsPartial: true } => ExitCodes.Failed,
        _ => ExitCodes.Done,
    };

    private IEnumerable<ToolParameter> Positional => _definition.Parameters.Where(parameter => parameter.Positional);

    // Not required here even where the tool needs it: its option or a cursor may stand for it.
    private static Argument WordsOf(ToolParameter parameter) => parameter.Type == ParameterType.TextList
        ? new Argument<string[]>(parameter.Name) { Description = parameter.Description, Arity = ArgumentArity.ZeroOrMore }
        : new Argument<string>(parameter.Name) { Description = parameter.Description, Arity = ArgumentArity.ZeroOrOne };

    private static string FirstSentence(string text)
    {
        var end = text.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? text.TrimEnd('.') : text[..end];
    }
}
