namespace Rlm.Recursion.Running.Planning;

/// <summary>
/// Which back end a run takes, by what is there:
/// <code>
/// named by the operator | auto: configured, key, logged-in command line, sampling | host in a client | extractive on the command line
/// </code>
/// A key or a login alone sends nothing anywhere: only <c>--model</c> does.
/// </summary>
internal static class BackEndChoice
{
    private const string Nothing = "nothing leaves this machine";

    /// <summary>The pick.</summary>
    public static BackEndPick Choose(BackEndsFound found)
    {
        if (found.Asked == "auto") return Auto(found);
        if (found.Asked is { } named) return Named(named, "chosen by the operator", found);
        if (found.Configured == "auto") return Auto(found with { Configured = null });
        return found.Configured is { } configured ? Named(configured, "from your configuration", found) : Standard("no model chosen", found);
    }

    private static BackEndPick Auto(BackEndsFound found)
    {
        if (found.Configured is { } configured and not "auto" && IsUsable(configured, found)) return Named(configured, "auto: from your configuration", found);
        return Best(found) is { } best ? Named(best.Name, $"auto: {best.Why}", found) : Standard(found.Offline ? "auto: offline" : "auto: no key, login or sampling found", found);
    }

    private static (string Name, string Why)? Best(BackEndsFound found)
    {
        if (found.Offline) return null;
        if (found.Keyed.Count > 0) return (found.Keyed[0], "its key is in the environment");
        if (found.LoggedIn.Count > 0) return ($"cli:{found.LoggedIn[0]}", "it is logged in");
        return found.MaySample ? ("sampling", "the client offers it and the operator allows it") : null;
    }

    private static BackEndPick Standard(string why, BackEndsFound found) => Named(found.InClient ? "host" : "extractive", why, found);

    private static BackEndPick Named(string name, string why, BackEndsFound found) =>
        new(name, $"model {name} ({why}): {Leaves(name)}") { TurnOn = name is "host" or "extractive" ? TurnOn(found) : null };

    private static bool IsUsable(string name, BackEndsFound found) => !found.Offline || name is "host" or "extractive" || IsLoopback(name);

    /// <summary>What leaves the machine with a back end, in words.</summary>
    internal static string Leaves(string name)
    {
        const string What = "task and code go to ";
        if (name == "host") return "this server sends nothing";
        if (name == "extractive") return Nothing;
        if (name == "sampling") return What + "your client's model";
        if (name.StartsWith("cli:", StringComparison.Ordinal)) return $"{What}{Owner(name[4..])} through the program {name[4..]}";
        if (name.StartsWith("anthropic:", StringComparison.Ordinal)) return What + "Anthropic";
        if (IsLoopback(name)) return Nothing;
        return What + (Address(name) is { } address ? address.Host : "OpenAI");
    }

    private static string Owner(string program) => program switch { "claude" => "Anthropic", "codex" => "OpenAI", "gemini" => "Google", _ => "its vendor" };

    private static bool IsLoopback(string name) => Address(name)?.IsLoopback ?? false;

    private static Uri? Address(string name)
    {
        var at = name.IndexOf("@http", StringComparison.OrdinalIgnoreCase);
        return at >= 0 && Uri.TryCreate(name[(at + 1)..], UriKind.Absolute, out var address) ? address : null;
    }

    private static string TurnOn(BackEndsFound found)
    {
        if (found.Offline) return "offline was chosen; for a model on this machine: --model openai:MODEL@http://localhost:PORT/v1";
        var best = Best(found)?.Name;
        if (!found.InClient) return best is null ? "export ANTHROPIC_API_KEY=… and add --model auto (or log in to claude, codex or gemini)" : $"add --model {best}";
        var flag = best ?? "auto";
        var command = found.InitName is { } client ? $"rlm-mcp init {client} --write --model {flag}" : $"rlm-mcp serve --model {flag}";
        return best is null ? $"export ANTHROPIC_API_KEY=… (or log in to claude, codex or gemini) and {command}" : command;
    }
}
