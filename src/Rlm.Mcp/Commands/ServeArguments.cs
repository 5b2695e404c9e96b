namespace Rlm.Mcp.Commands;

/// <summary>
/// The short way to the server, because clients wait for it: <c>serve</c> with the operator's flags in their plainest form is recognized without
/// loading the parser of the command line. Anything else, right or wrong, is left to that parser.
/// </summary>
internal static class ServeArguments
{
    /// <summary>The flags of a plain <c>serve [--flag [VALUE]]…</c> (without a terminal also of a line that names no command), or null for any other line.</summary>
    public static IReadOnlyDictionary<Flag, IReadOnlyList<string>>? Read(IReadOnlyList<string> arguments, bool inputIsTerminal)
    {
        var given = new Dictionary<Flag, IReadOnlyList<string>>();
        var named = false;
        for (var at = 0; at < arguments.Count; at++)
        {
            if (!named && arguments[at] == ServeCommand.CommandName) named = true;
            else if (Find(arguments[at]) is not { } flag) return null;
            else if (flag.Kind == FlagKind.Switch) given[flag] = ["true"];
            else if (++at == arguments.Count || arguments[at].StartsWith('-')) return null;
            else given[flag] = flag.Kind == FlagKind.List && given.TryGetValue(flag, out var before) ? [.. before, arguments[at]] : [arguments[at]];
        }
        return named || !inputIsTerminal ? given : null;
    }

    private static Flag? Find(string name)
    {
        foreach (var flag in OperatorFlags.All)
            if (flag.Name == name) return flag;
        return null;
    }
}
