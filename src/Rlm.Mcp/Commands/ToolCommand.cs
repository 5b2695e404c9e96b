using System.CommandLine;
using System.Text.Json;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Commands;

/// <summary>A tool as a command: every parameter an option, the positional ones also words; the same text as over MCP.</summary>
internal sealed class ToolCommand : ShellCommand
{
    private readonly ToolDefinition _definition;
    private readonly Func<ToolSettings, ToolRegistry> _open;
    private readonly IReadOnlyList<(ToolParameter Parameter, Option Option)> _options;
    private readonly Option<bool> _json = JsonOption();

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
    }

    public override IReadOnlyList<string> Examples => ToolExamples.Of(_definition.Name);

    public override int Run(ParseResult parsed, OperatorSettings settings, Shell shell)
    {
        var json = parsed.GetValue(_json);
        var values = Values(parsed);
        var tool = _open(settings.ForTools(StartRoot.Choose(settings, shell))).Find(_definition.Name)!;
        var result = Call(tool, values, json, shell);
        (result.IsError && !json ? shell.Error : shell.Out).WriteLine(result.Text);
        return ExitCodeOf(result);
    }

    private Dictionary<string, JsonElement> Values(ParseResult parsed)
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

    private static ToolResult Call(ITool tool, Dictionary<string, JsonElement> values, bool json, Shell shell)
    {
        var context = new ToolContext(json, Progress: null, IsCommandLine: true) { Log = shell.Variable("RLM_MCP_DEBUG").IsOn() ? shell.Error.WriteLine : null };
        if (!shell.Error.IsTerminal) return ToolRegistry.Call(tool, values, context, shell.Stop);
        using var bar = new ProgressBar(shell.Variable);
        return ToolRegistry.Call(tool, values, context with { Progress = bar }, shell.Stop);
    }

    private static int ExitCodeOf(ToolResult result) => result switch
    {
        { IsError: true, ErrorCode: ErrorCodes.BadArgument or ErrorCodes.BadPattern } => ExitCodes.BadUsage,
        { IsError: true, ErrorCode: ErrorCodes.NotAvailable } => ExitCodes.NotAvailable,
        { IsError: true } or { IsPartial: true } => ExitCodes.Failed,
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
