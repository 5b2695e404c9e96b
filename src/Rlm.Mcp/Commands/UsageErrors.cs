using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace Rlm.Mcp.Commands;

/// <summary>
/// What is wrong with a line, said with near names and the legal list. The library's own checks come last: it takes an unknown flag for a word,
/// and a value that a switch does not know for the word behind it.
/// </summary>
internal static class UsageErrors
{
    /// <summary>The first thing that is wrong, or null.</summary>
    /// <param name="parsed">What the library made of the line.</param>
    /// <param name="arguments">The line.</param>
    public static UsageException? Find(ParseResult parsed, IReadOnlyList<string> arguments)
    {
        var command = parsed.CommandResult.Command;
        var options = parsed.CommandResult.Command.Options.Concat(parsed.RootCommandResult.Command.Options).Where(option => !option.Hidden).ToList();
        if (options.Where(IsSwitch).SelectMany(option => BadSwitches(option, arguments)).FirstOrDefault() is { } bad) return new(bad);
        if (parsed.Action is not ParseErrorAction && parsed.Action != command.Action) return null; // help and the like come before complaints

        var given = parsed.CommandResult.Children.Concat(parsed.RootCommandResult.Children).OfType<OptionResult>().Where(result => !result.Implicit).ToList();
        var words = Words(parsed, given).ToList();
        if (words.Find(word => word is ['-', _, ..]) is { } flag) return UnknownFlag(flag.Split('=')[0], command, options);
        if (parsed.UnmatchedTokens is [var stray, ..])
            return command is RootCommand ? UnknownCommand(stray, command) : command.Arguments.Count > 0 ? TooMany(stray) : new($"{command.Name} takes no words, but was given \"{stray}\".");
        if (given.Find(result => result.Option.Hidden) is { } early) return UnknownFlag(early.Option.Name, command, options);
        if (given.Find(result => !IsSwitch(result.Option) && result.Tokens.Count < result.IdentifierTokenCount)?.Option is { } bare) return new($"{bare.Name} needs a value: {bare.Name} {bare.HelpName}.");
        return parsed.Errors is [var error, ..] ? new(error.Message) : null;
    }

    public static UsageException TooMany(string word) => new($"\"{word}\" is one word too many. Quote what belongs together.");

    private static bool IsSwitch(Option option) => option is Option<bool> or HelpOption or VersionOption;

    private static IEnumerable<string> BadSwitches(Option option, IEnumerable<string> arguments) =>
        from argument in arguments.TakeWhile(argument => argument != "--")
        where argument.StartsWith(option.Name + "=", StringComparison.Ordinal)
        let value = argument[(option.Name.Length + 1)..]
        where option is not Option<bool> || !bool.TryParse(value, out _)
        select option is Option<bool> ? $"{option.Name} is a switch: \"{value}\" is neither true nor false." : $"{option.Name} takes no value.";

    // What stands before "--" and belongs to no option.
    private static IEnumerable<string> Words(ParseResult parsed, IEnumerable<OptionResult> given)
    {
        var values = new HashSet<Token>(given.SelectMany(result => result.Tokens), ReferenceEqualityComparer.Instance);
        return parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash).Where(token => token.Type == TokenType.Argument && !values.Contains(token)).Select(token => token.Value);
    }

    private static UsageException UnknownCommand(string word, Command root)
    {
        var names = root.Subcommands.SelectMany(command => command.Aliases.Prepend(command.Name)).ToList();
        return new($"Unknown command \"{word}\".{Hints.Near(word, names)} Commands: {string.Join(", ", names)}.");
    }

    private static UsageException UnknownFlag(string name, Command command, IEnumerable<Option> options)
    {
        var legal = options.Select(option => option.Name).ToList();
        var owner = command is RootCommand ? "" : $" of {command.Name}";
        return new($"Unknown flag {name}.{Hints.Near(name, legal)} Flags{owner}: {string.Join(", ", legal)}. Words that begin with a dash go after \"--\".");
    }
}
