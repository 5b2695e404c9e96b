using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Commands;

/// <summary>A tool as a command: every parameter a flag, the positional ones also words; the same text as over MCP.</summary>
internal sealed class ToolCommand(ToolDefinition definition, Func<ToolSettings, ToolRegistry> open) : Command
{
    private readonly IReadOnlyList<(ToolParameter Parameter, Flag Flag)> _parameters = [.. definition.Parameters.Select(parameter => (parameter, FlagOf(parameter)))];

    public override IReadOnlyList<string> Names { get; } = definition.Name == "recurse" ? ["recurse", "ask"] : [definition.Name];

    public override string Summary { get; } = FirstSentence(definition.Description);

    public override string Words => string.Join(' ', Positional.Select(pair => WordOf(pair.Parameter)));

    public override IReadOnlyList<Flag> Flags => [.. _parameters.Select(pair => pair.Flag), Json];

    public override IReadOnlyList<string> Examples { get; } = ToolExamples.Of(definition.Name);

    public override int Run(CommandArguments arguments, OperatorSettings settings, Shell shell)
    {
        var json = arguments.Has(Json);
        var values = ToolValues.From(_parameters, [.. Positional.Select(pair => pair.Parameter)], arguments);
        var tool = open(settings.ForTools(StartRoot.Choose(settings, shell))).Find(definition.Name)!;
        var result = Call(tool, values, json, shell);
        (result.IsError && !json ? shell.Error : shell.Out).WriteLine(result.Text);
        return ExitCodeOf(result);
    }

    private static ToolResult Call(ITool tool, IReadOnlyDictionary<string, System.Text.Json.JsonElement> values, bool json, Shell shell)
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

    private IEnumerable<(ToolParameter Parameter, Flag Flag)> Positional => _parameters.Where(pair => pair.Parameter.Positional);

    private static Flag FlagOf(ToolParameter parameter)
    {
        var kind = parameter.Type switch { ParameterType.Flag => FlagKind.Switch, ParameterType.TextList => FlagKind.List, _ => FlagKind.Value };
        var valueName = parameter.Type switch { ParameterType.Integer or ParameterType.Number => "N", ParameterType.Object => "JSON", ParameterType.TextList => Singular(parameter.Name), _ => parameter.Name.ToUpperInvariant() };
        return new("--" + parameter.Name.Replace('_', '-'), kind, valueName, parameter.Description) { Values = parameter.Values };
    }

    private static string WordOf(ToolParameter parameter)
    {
        var name = parameter.Type == ParameterType.TextList ? Singular(parameter.Name) + "…" : parameter.Name.ToUpperInvariant();
        return parameter.Required ? name : $"[{name}]";
    }

    private static string Singular(string name) => name.TrimEnd('s').ToUpperInvariant();

    private static string FirstSentence(string text)
    {
        var end = text.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? text.TrimEnd('.') : text[..end];
    }
}
