using System.Text.Json.Nodes;

namespace Rlm.Mcp.Commands.Clients;

/// <summary>What the entry is made from.</summary>
/// <param name="Program">Absolute path of what the client starts.</param>
/// <param name="Root">Gives the absolute path of the project folder; asked only for a client that keeps its settings there, as it may throw.</param>
/// <param name="StartFolder">Where the user stands.</param>
/// <param name="Home">The user's home folder, or null.</param>
/// <param name="Variable">An environment variable by name, or null: some clients keep their settings where one says.</param>
/// <param name="Flags">What the operator says for the server, behind <c>serve</c>.</param>
internal sealed record ClientSetup(string Program, Func<string> Root, string StartFolder, string? Home, Func<string, string?> Variable, IReadOnlyList<string> Flags);

/// <summary>What a settings file would become, or why it is left alone.</summary>
internal sealed record Edit(string? Text, string? Problem)
{
    public static Edit To(string text) => new(text, null);

    public static Edit Refused(string problem) => new(null, problem);
}

/// <summary>One MCP client: where its settings are and how our entry looks in them.</summary>
/// <param name="file">Absolute path of the settings file.</param>
/// <param name="folder">The folder that the file must really lie in: no link leads a write out of it.</param>
internal abstract class Client(string file, string folder)
{
    /// <summary>The clients that <c>init</c> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = ["claude", "vscode", "codex", "gemini", "copilot", "opencode"];

    private const int PatienceMs = 1_800_000; // a recursion may take its time; clients' own defaults begin at 5 seconds

    public string File { get; } = file;

    public string Folder { get; } = folder;

    /// <summary>A complete settings file with nothing but our entry, to paste.</summary>
    public abstract string Snippet { get; }

    /// <summary>Another way to the same end, or null.</summary>
    public string? Alternative { get; init; }

    /// <summary>What to do next, a sentence.</summary>
    public required string Afterwards { get; init; }

    /// <summary>Puts our entry into the text of a settings file; null is a file that is not there.</summary>
    public abstract Edit Apply(string? text);

    /// <exception cref="NotAvailableException">The user has no home folder, where this client keeps its settings.</exception>
    public static Client Of(string name, ClientSetup setup)
    {
        // Clients start a command without a shell, and Windows starts no script without one.
        var isScript = setup.Program.EndsWith(".cmd", StringComparison.OrdinalIgnoreCase);
        var program = isScript ? "cmd" : setup.Program;
        string[] serve = isScript ? ["/c", setup.Program, "serve"] : ["serve"];
        string[] all = [.. serve, .. setup.Flags];
        var byHand = string.Join(' ', ((string[])[setup.Program, "serve", .. setup.Flags]).Select(Quoted));
        return name switch
        {
            "claude" => new JsonClient(Path.Combine(setup.Root(), ".mcp.json"), setup.Root(), "mcpServers",
                [("type", "stdio"), ("command", program), ("args", List(all))], [("timeout", PatienceMs), ("alwaysLoad", true)])
            {
                Alternative = $"claude mcp add --scope user rlm -- {byHand}",
                Afterwards = "Start claude in this folder and approve the server \"rlm\" when it asks.",
            },
            "vscode" => new JsonClient(Path.Combine(setup.Root(), ".vscode", "mcp.json"), setup.Root(), "servers",
                [("type", "stdio"), ("command", program), ("args", List([.. serve, "--root", "${workspaceFolder}", .. setup.Flags]))], [])
            {
                Afterwards = "Open the folder in VS Code and start the server \"rlm\" (MCP: List Servers).",
            },
            "codex" => new CodexClient(Path.Combine(Place("CODEX_HOME", setup, ".codex"), "config.toml"), Fence("CODEX_HOME", setup), program, all)
            {
                Alternative = $"codex mcp add rlm -- {byHand}",
                Afterwards = "Codex serves the folder that it is started in.",
            },
            "gemini" => new JsonClient(Path.Combine(Home(setup), ".gemini", "settings.json"), Home(setup), "mcpServers",
                [("command", program), ("args", List(all))], [("timeout", PatienceMs)])
            {
                Alternative = $"gemini mcp add --scope user --timeout {PatienceMs} rlm {byHand}",
                Afterwards = "Gemini CLI serves the folder that it is started in, once you have told it to trust that folder.",
            },
            "copilot" => new JsonClient(Path.Combine(Place("COPILOT_HOME", setup, ".copilot"), "mcp-config.json"), Fence("COPILOT_HOME", setup), "mcpServers",
                [("type", "local"), ("command", program), ("args", List(all))], [("tools", List(["*"])), ("timeout", PatienceMs)])
            {
                Alternative = $"copilot mcp add rlm --timeout {PatienceMs} -- {byHand}",
                Afterwards = "Copilot CLI serves the folder that it is started in.",
            },
            "opencode" => new JsonClient(Path.Combine(Place("XDG_CONFIG_HOME", setup, ".config"), "opencode", "opencode.json"), Fence("XDG_CONFIG_HOME", setup), "mcp",
                [("type", "local"), ("command", List([program, .. all]))], [("timeout", PatienceMs)])
            {
                Afterwards = "opencode serves the folder that it is started in.",
            },
            _ => throw new ArgumentOutOfRangeException(nameof(name)),
        };
    }

    private static JsonArray List(string[] words) => new([.. words.Select(word => (JsonNode)word)]);

    private static string Place(string variable, ClientSetup setup, string inHome) =>
        setup.Variable(variable) is { } said && !string.IsNullOrWhiteSpace(said) ? Path.GetFullPath(said, setup.StartFolder) : Path.Combine(Home(setup), inHome);

    // A user's own settings may be a link to elsewhere in the home folder, as those who keep them in a repository do.
    private static string Fence(string variable, ClientSetup setup) => Place(variable, setup, "");

    private static string Home(ClientSetup setup) =>
        setup.Home ?? throw new NotAvailableException("not_available: this client keeps its settings in the home folder, and there is none. Set HOME.");

    private static string Quoted(string word) =>
        word.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/' or '\\' or ':' or '@' or '=' or ',' or '+') ? word
        : OperatingSystem.IsWindows() ? $"\"{word}\"" : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
