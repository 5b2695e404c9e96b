namespace Rlm.Mcp.Commands;

/// <summary>
/// What the operator may decide, for every command and for the server. Each is a flag, an environment variable
/// (<c>--max-file</c>: <c>RLM_MCP_MAX_FILE</c>) and, but for <c>--config</c>, a key of the user's configuration file (<c>"max-file"</c>); the first of these counts.
/// Never anything from the repository.
/// </summary>
internal static class OperatorFlags
{
    public static readonly Flag
        Root = new("--root", FlagKind.Value, "DIR", "folder to serve (else CLAUDE_PROJECT_DIR, else the start folder)"),
        AllowBroadRoot = new("--allow-broad-root", FlagKind.Switch, "", "serve even a home folder or the system root"),
        AllowSecret = new("--allow-secret", FlagKind.List, "PATH", "open one secret file by its repo path; repeatable"),
        MaxFile = new("--max-file", FlagKind.Value, "MB", "files above this are read and searched by streaming (default 4)"),
        Cache = new("--cache", FlagKind.Value, "DIR", "folder for derived data, outside the root"),
        NoIndex = new("--no-index", FlagKind.Switch, "", "neither use nor build an index: every search reads every file"),
        Memory = new("--memory", FlagKind.Value, "MB", "memory that building the index, or compiling for refs, may take, about (default a quarter of the machine's, at most 1500)"),
        Engine = new("--engine", FlagKind.Value, "NAME", "index engine: own (default) or lucene"),
        Model = new("--model", FlagKind.Value, "NAME", "model back end for recurse (auto, host, extractive, anthropic:M, openai:M, cli:claude…)"),
        LeafModel = new("--leaf-model", FlagKind.Value, "NAME", "model for the leaves of maps; default the same"),
        AllowSampling = new("--allow-sampling", FlagKind.Switch, "", "let sub-agents ask the client's own model (--model sampling)"),
        MaxDepth = new("--max-depth", FlagKind.Value, "N", "deepest sub-agent session, 0-4 (default 2)"),
        MaxCalls = new("--max-calls", FlagKind.Value, "N", "model calls of one recurse, retries included (default 64)"),
        MaxTokens = new("--max-tokens", FlagKind.Value, "N", "tokens in and out of one recurse (default 2000000)"),
        MaxUsd = new("--max-usd", FlagKind.Value, "USD", "money of one recurse (default 2 where the price is known)"),
        MaxSeconds = new("--max-seconds", FlagKind.Value, "S", "wall time of one recurse (default 300)"),
        MaxParallel = new("--max-parallel", FlagKind.Value, "N", "model calls at once (default 8)"),
        Price = new("--price", FlagKind.List, "MODEL=IN,OUT", "USD per million tokens of a model; repeatable"),
        Strategy = new("--strategy", FlagKind.List, "FILE", "how to go about a kind of task, named by the file; repeatable"),
        LeanRoot = new("--lean-root", FlagKind.Switch, "", "an agent at the root sees map and recurse only; its sub-agents read"),
        Boundary = new("--boundary", FlagKind.List, "NAME=SCOPE", "a part that sub-agents never join with another; NAME=SCOPE;BACKEND or ;local-only; repeatable"),
        Allow = new("--allow", FlagKind.List, "NAMES", "boundaries that may be joined, comma-separated; repeatable"),
        ProgramEngine = new("--program-engine", FlagKind.Value, "NAME", "what program runs on: auto (default), cpython, builtin, docker or podman"),
        Otlp = new("--otlp", FlagKind.Value, "URL", "send spans of recurse (names, tokens, times; no text) to this OpenTelemetry endpoint"),
        Offline = new("--offline", FlagKind.Switch, "", "never open a network connection"),
        Portable = new("--portable", FlagKind.Switch, "", "use the portable file access even where a native one exists"),
        Config = new("--config", FlagKind.Value, "FILE", "the user's configuration file, JSON");

    /// <summary>All of them, in the order of help.</summary>
    public static IReadOnlyList<Flag> All { get; } = [Root, AllowBroadRoot, AllowSecret, MaxFile, Cache, NoIndex, Memory, Engine, Model, LeafModel, AllowSampling, MaxDepth, MaxCalls, MaxTokens, MaxUsd, MaxSeconds, MaxParallel, Price, Strategy, LeanRoot, Boundary, Allow, ProgramEngine, Otlp, Offline, Portable, Config];

    /// <summary>Name of the environment variable: <c>RLM_MCP_MAX_FILE</c>.</summary>
    public static string VariableOf(Flag flag) => "RLM_MCP_" + KeyOf(flag).Replace('-', '_').ToUpperInvariant();

    /// <summary>Key in the configuration file: <c>max-file</c>.</summary>
    public static string KeyOf(Flag flag) => flag.Name[2..];
}
