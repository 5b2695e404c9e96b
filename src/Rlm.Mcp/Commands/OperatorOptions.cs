using System.CommandLine;

namespace Rlm.Mcp.Commands;

/// <summary>The operator's flags as options that every command has.</summary>
internal sealed class OperatorOptions
{
    private readonly IReadOnlyList<(Flag Flag, Option Option)> _all = [.. OperatorFlags.All.Select(flag => (flag, Of(flag)))];

    public void AddTo(RootCommand root)
    {
        foreach (var (_, option) in _all) root.Options.Add(option);
    }

    /// <summary>What was given, for <see cref="OperatorReader"/>.</summary>
    public IReadOnlyDictionary<Flag, IReadOnlyList<string>> Given(ParseResult parsed) =>
        _all.Where(pair => parsed.GetResult(pair.Option) is { Implicit: false }).ToDictionary(pair => pair.Flag, pair => Values(parsed, pair.Option));

    private static IReadOnlyList<string> Values(ParseResult parsed, Option option) =>
        option is Option<bool> single ? [parsed.GetValue(single) ? "true" : "false"] : parsed.GetValue((Option<string[]>)option)!;

    private static Option Of(Flag flag)
    {
        if (flag.Kind == FlagKind.Switch) return new Option<bool>(flag.Name) { Description = flag.Description, Recursive = true };
        var option = new Option<string[]>(flag.Name) { Description = flag.Description, HelpName = flag.ValueName, Arity = ArgumentArity.OneOrMore, Recursive = true };
        // "--cache --offline" forgot the folder: what is meant as a safeguard must not get lost as its name.
        option.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => token.Value.StartsWith("--", StringComparison.Ordinal)) is { } token)
                result.AddError($"{flag.Name} needs a value: {flag.Usage}. What begins with dashes is none: \"{token.Value}\".");
        });
        return option;
    }
}
