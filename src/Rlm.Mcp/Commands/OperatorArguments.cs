namespace Rlm.Mcp.Commands;

/// <summary>
/// The operator's flags, taken out of the arguments wherever they stand before <c>--</c>. Knows no command, so that <c>serve</c>
/// reaches the host without loading anything else. An operator's flag is never the value of another flag: <c>--pattern=--root</c> says so.
/// </summary>
internal sealed record OperatorArguments(IReadOnlyDictionary<Flag, IReadOnlyList<string>> Given, IReadOnlyList<string> Rest)
{
    /// <exception cref="UsageException">A flag without its value.</exception>
    public static OperatorArguments Take(IReadOnlyList<string> arguments)
    {
        var given = new Dictionary<Flag, IReadOnlyList<string>>();
        var rest = new List<string>();
        for (var at = 0; at < arguments.Count; at++)
        {
            if (arguments[at] == "--")
            {
                rest.AddRange(arguments.Skip(at));
                break;
            }
            var (name, value) = Split(arguments[at]);
            if (Find(name) is not { } flag)
            {
                rest.Add(arguments[at]);
                continue;
            }
            if (flag.Kind == FlagKind.Switch) value ??= "true";
            else value ??= at + 1 < arguments.Count && !IsFlag(arguments[at + 1]) ? arguments[++at] : throw new UsageException($"{flag.Name} needs a value: {flag.Usage}.");
            given[flag] = flag.Kind == FlagKind.List && given.TryGetValue(flag, out var before) ? [.. before, value] : [value];
        }
        return new(given, rest);
    }

    /// <summary><c>--name=value</c> in its two halves; the value is null without <c>=</c>.</summary>
    public static (string Name, string? Value) Split(string argument)
    {
        if (!argument.StartsWith("--", StringComparison.Ordinal)) return (argument, null);
        var at = argument.IndexOf('=', StringComparison.Ordinal);
        return at < 0 ? (argument, null) : (argument[..at], argument[(at + 1)..]);
    }

    private static bool IsFlag(string argument) => argument.StartsWith("--", StringComparison.Ordinal);

    private static Flag? Find(string name)
    {
        foreach (var flag in OperatorFlags.All)
            if (flag.Name == name) return flag;
        return null;
    }
}
