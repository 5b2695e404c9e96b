using System.CommandLine;
using System.Text.Json;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Commands;

/// <summary>A tool's parameter as an option: a switch, or an option whose value is the JSON that MCP clients would send.</summary>
internal static class ToolOption
{
    public static Option Of(ToolParameter parameter)
    {
        var name = "--" + parameter.Name.Replace('_', '-');
        Option option = parameter.Type == ParameterType.Flag ? new Option<bool>(name) : Valued(name, parameter);
        option.Description = Describe(parameter);
        if (parameter.Name.Contains('_', StringComparison.Ordinal)) option.Aliases.Add("--" + parameter.Name);
        return option;
    }

    /// <summary>The value of an option that was given.</summary>
    public static JsonElement Value(ParseResult parsed, Option option) =>
        option is Option<bool> single ? JsonElement.Parse(parsed.GetValue(single) ? "true" : "false") : (JsonElement)parsed.GetValue((Option<object>)option)!;

    private static Option<object> Valued(string name, ToolParameter parameter)
    {
        var option = new Option<object>(name)
        {
            Arity = ArgumentArity.OneOrMore, // repeated: a list grows, of the others the last counts
            HelpName = parameter.Type switch { ParameterType.Integer or ParameterType.Number => "N", ParameterType.Object or ParameterType.ObjectList or ParameterType.Json => "JSON", ParameterType.TextList => Singular(parameter.Name), _ => parameter.Name.ToUpperInvariant() },
            CustomParser = result =>
            {
                try
                {
                    return ToolValues.Of(parameter, name, [.. result.Tokens.Select(token => token.Value)]);
                }
                catch (UsageException fault)
                {
                    result.AddError(fault.Message);
                    return null!;
                }
            },
        };
        // Not AcceptOnlyFromAmong: its message offers no near names.
        if (parameter.Values.Count > 0) option.CompletionSources.Add([.. parameter.Values]);
        return option;
    }

    private static string Describe(ToolParameter parameter)
    {
        var text = parameter.Description;
        if (!parameter.Values.All(text.Contains)) text += $" ({string.Join(" | ", parameter.Values)})";
        return parameter.Type == ParameterType.TextList ? text + "; repeatable" : text;
    }

    private static string Singular(string name) => name.TrimEnd('s').ToUpperInvariant();
}
