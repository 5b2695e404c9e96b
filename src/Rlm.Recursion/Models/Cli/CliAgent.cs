namespace Rlm.Recursion.Models.Cli;

/// <summary>How a command-line agent is called without tools, and how its reply is read.</summary>
/// <param name="Program">Its name in PATH.</param>
/// <param name="Arguments">For one question from stdin; all settings that would bring tools, hooks, rules or servers of the user's are off.</param>
/// <param name="Read">Its output as a reply.</param>
internal sealed record CliAgent(string Program, IReadOnlyList<string> Arguments, Func<CliProcess.Result, CliReply> Read)
{
    /// <summary>Variables that it needs; values may name its folder as <c>{folder}</c>.</summary>
    public IReadOnlyList<(string Name, string? Value)> Variables { get; init; } = [];

    /// <summary>The variable for its folder of settings and logins, handed on where it is set.</summary>
    public required string ConfigVariable { get; init; }

    /// <summary>Files for its folder, by name.</summary>
    public IReadOnlyList<(string Name, string Text)> Files { get; init; } = [];

    /// <summary>Arguments that ask it whether it is logged in, without any call that costs; exit code 0 for yes.</summary>
    public required IReadOnlyList<string> LoginArguments { get; init; }

    /// <summary>What its own instructions add to a request at most, in tokens.</summary>
    public required int FramingTokens { get; init; }

    /// <summary>The agents that are known.</summary>
    public static CliAgent Of(string name) => name switch
    {
        "claude" => ClaudeAgent.Agent,
        "codex" => CodexAgent.Agent,
        "gemini" => GeminiAgent.Agent,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such agent"),
    };
}
