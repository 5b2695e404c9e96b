namespace Rlm.Mcp.Commands;

/// <summary>The words and flags of one command, its operator flags already taken out. Flags stand before or after the command.</summary>
internal sealed class CommandArguments
{
    private readonly Dictionary<string, List<string>> _values;

    private CommandArguments(IReadOnlyList<string> words, Dictionary<string, List<string>> values) => (Words, _values) = (words, values);

    /// <summary>What is no flag, the command's name not included; everything after <c>--</c>.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>Values of a flag in the order given; empty when it is not there.</summary>
    public IReadOnlyList<string> All(Flag flag) => _values.GetValueOrDefault(flag.Name) ?? [];

    /// <summary>The flag's last value, or null.</summary>
    public string? Last(Flag flag) => All(flag) is [.., var last] ? last : null;

    /// <summary>True when a switch is on.</summary>
    /// <exception cref="UsageException">A value that is neither true nor false.</exception>
    public bool Has(Flag flag) => Last(flag) switch
    {
        null or "false" => false,
        "true" => true,
        var value => throw new UsageException($"{flag.Name} is a switch: \"{value}\" is neither true nor false."),
    };

    /// <summary>Splits arguments into the command's name and the rest.</summary>
    /// <param name="arguments">Without the operator's flags.</param>
    /// <param name="commands">Decides which flags there are and which of them take a value.</param>
    /// <exception cref="UsageException">An unknown command or flag, or a flag without its value.</exception>
    public static (Command? Command, CommandArguments Arguments) Parse(IReadOnlyList<string> arguments, IReadOnlyList<Command> commands)
    {
        // A flag may stand before its command, so what takes a value is asked of all commands; a test keeps them in agreement.
        var known = commands.SelectMany(command => command.AllFlags).DistinctBy(flag => flag.Name).ToDictionary(flag => flag.Name);
        var words = new List<string>();
        var values = new Dictionary<string, List<string>>();
        for (var at = 0; at < arguments.Count; at++)
        {
            if (arguments[at] == "--")
            {
                words.AddRange(arguments.Skip(at + 1));
                break;
            }
            var (name, value) = OperatorArguments.Split(Spelled(arguments[at]));
            if (!name.StartsWith('-') || name == "-") words.Add(arguments[at]);
            else
            {
                if (known.GetValueOrDefault(name) is { Kind: not FlagKind.Switch } flag)
                    value ??= at + 1 < arguments.Count && arguments[at + 1] != "--" ? arguments[++at] : throw new UsageException($"{flag.Name} needs a value: {flag.Usage}.");
                (values.TryGetValue(name, out var list) ? list : values[name] = []).Add(value ?? "true");
            }
        }
        return Match(words, values, known.Keys, commands);
    }

    private static (Command?, CommandArguments) Match(List<string> words, Dictionary<string, List<string>> values, Dictionary<string, Flag>.KeyCollection known, IReadOnlyList<Command> commands)
    {
        // A flag that nobody has comes first: its value may be what looks like an unknown command.
        var found = words.Count == 0 ? null : commands.FirstOrDefault(command => command.Names.Contains(words[0]));
        if (found is null && values.Keys.FirstOrDefault(name => !known.Contains(name)) is { } stray) throw UnknownFlag(stray, null, [.. known]);
        var command = words.Count == 0 ? null : found ?? throw UnknownCommand(words[0], commands);
        var legal = command?.AllFlags.Select(flag => flag.Name).ToList() ?? [Command.Help.Name, Command.Version.Name];
        if (values.Keys.FirstOrDefault(name => !legal.Contains(name)) is { } unknown) throw UnknownFlag(unknown, command, legal);
        return (command, new([.. words.Skip(1)], values));
    }

    private static UsageException UnknownCommand(string word, IReadOnlyList<Command> commands)
    {
        var names = commands.SelectMany(command => command.Names).ToList();
        return new($"Unknown command \"{word}\".{Hints.Near(word, names)} Commands: {string.Join(", ", names)}.");
    }

    private static UsageException UnknownFlag(string name, Command? command, List<string> legal)
    {
        legal = [.. legal, .. OperatorFlags.All.Select(flag => flag.Name)];
        var owner = command is null ? "" : $" of {command.Names[0]}";
        return new($"Unknown flag {name}.{Hints.Near(name, legal)} Flags{owner}: {string.Join(", ", legal)}. Words that begin with a dash go after \"--\".");
    }

    // --dry_run and -h are accepted for --dry-run and --help.
    private static string Spelled(string argument)
    {
        if (argument == "-h") return Command.Help.Name;
        var (name, value) = OperatorArguments.Split(argument);
        return name.StartsWith("--", StringComparison.Ordinal) ? name.Replace('_', '-') + (value is null ? "" : "=" + value) : argument;
    }
}
