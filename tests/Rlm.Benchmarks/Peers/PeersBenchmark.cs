using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Rlm.Benchmarks.Peers;

/// <summary>
/// What other MCP servers over a repository cost and answer beside ours, asked the same things as a client would: each in a process of its own, tokens of the text that reaches the
/// model (bytes by 4) and milliseconds. The servers come from npm, pinned, into the temporary folder. <c>peers DIR Type.Method</c>; the method's last name is what is looked for as text.
/// </summary>
internal static partial class PeersBenchmark
{
    private const string FileSystem = "@modelcontextprotocol/server-filesystem", FileSystemVersion = "2026.8.31", Repomix = "repomix", RepomixVersion = "1.18.1";
    private static readonly string[] Questions = ["start to initialize", "definitions of tools", "what is in it", "lines with the name", "the method's text", "who calls it"];

    public static async Task<int> RunAsync(string folder, string symbol)
    {
        folder = Path.GetFullPath(folder);
        var name = symbol.Split('.')[^1];
        var file = DeclaringFile(folder, symbol);
        var rows = new Dictionary<string, IReadOnlyList<string>>
        {
            ["rlm-mcp"] = await OursAsync(folder, symbol, name).ConfigureAwait(false),
            [$"server-filesystem {FileSystemVersion}"] = await FileSystemAsync(folder, file).ConfigureAwait(false),
            [$"repomix {RepomixVersion} --mcp"] = await RepomixAsync(folder, name).ConfigureAwait(false),
        };
        Console.Error.WriteLine($"| {Path.GetFileName(folder)}, `{symbol}` | {string.Join(" | ", rows.Keys)} |\n|---|{string.Concat(rows.Keys.Select(_ => "---|"))}");
        for (var at = 0; at < Questions.Length; at++) Console.Error.WriteLine($"| {Questions[at]} | {string.Join(" | ", rows.Values.Select(row => row[at]))} |");
        return 0;
    }

    private static async Task<IReadOnlyList<string>> OursAsync(string folder, string symbol, string name)
    {
        await using var peer = await Peer.StartAsync(folder, Programs.Rlm(), "serve", "--root", folder).ConfigureAwait(false);
        var listing = await ListingAsync(peer).ConfigureAwait(false);
        // The first call opens the repository; what is measured is a session at work, as for the others after their first call.
        var map = await peer.CallAsync("map", []).ConfigureAwait(false);
        var lines = await peer.CallAsync("search", new() { ["pattern"] = name, ["mode"] = "word" }).ConfigureAwait(false);
        var text = await peer.CallAsync("read", new() { ["targets"] = symbol }).ConfigureAwait(false);
        _ = await peer.CallAsync("refs", new() { ["symbols"] = symbol, ["relation"] = "callers", ["deadline"] = 60 }).ConfigureAwait(false);
        var callers = await peer.CallAsync("refs", new() { ["symbols"] = symbol, ["relation"] = "callers", ["deadline"] = 60 }).ConfigureAwait(false);
        return [Started(peer), listing, Cell(map), Cell(lines, Shown(lines.Text)), Cell(text), Cell(callers, Shown(callers.Text))];
    }

    private static async Task<IReadOnlyList<string>> FileSystemAsync(string folder, string file)
    {
        var program = await InstalledAsync(FileSystem, FileSystemVersion, "dist/index.js").ConfigureAwait(false);
        await using var peer = await Peer.StartAsync(folder, "node", program, folder).ConfigureAwait(false);
        var tree = await peer.CallAsync("directory_tree", new() { ["path"] = folder }).ConfigureAwait(false);
        var text = await peer.CallAsync("read_text_file", new() { ["path"] = file }).ConfigureAwait(false);
        return [Started(peer), await ListingAsync(peer).ConfigureAwait(false), Cell(tree), "no such tool", Cell(text, "the whole file"), "no such tool"];
    }

    private static async Task<IReadOnlyList<string>> RepomixAsync(string folder, string name)
    {
        var program = await InstalledAsync(Repomix, RepomixVersion, "bin/repomix.cjs").ConfigureAwait(false);
        await using var peer = await Peer.StartAsync(folder, "node", program, "--mcp").ConfigureAwait(false);
        var pack = await peer.CallAsync("pack_codebase", new() { ["directory"] = folder }).ConfigureAwait(false);
        var id = OutputId().Match(pack.Text).Groups["id"].Value;
        var lines = await peer.CallAsync("grep_repomix_output", new() { ["outputId"] = id, ["pattern"] = $"\\b{name}\\b" }).ConfigureAwait(false);
        return [Started(peer), await ListingAsync(peer).ConfigureAwait(false), Cell(pack, "packs everything first"), Cell(lines, "places in the pack"), "by lines of the pack", "no such tool"];
    }

    // A peer without symbols has to know the file; it is told.
    private static string DeclaringFile(string folder, string symbol)
    {
        var answer = Encoding.UTF8.GetString(Programs.Output(folder, Programs.Rlm(), ["--root", folder, "search", symbol, "--mode", "symbol", "--limit", "1", "--json"]));
        return Path.Join(folder, JsonNode.Parse(answer)!["matches"]![0]!["path"]!.GetValue<string>());
    }

    private static async Task<string> InstalledAsync(string package, string version, string program)
    {
        var folder = Path.Join(Path.GetTempPath(), "rlm-peers", $"{package.Split('/')[^1]}-{version}");
        var path = Path.Join(folder, "node_modules", package, program);
        if (File.Exists(path)) return path;
        Directory.CreateDirectory(folder);
        if (Programs.Run(folder, "npm", "install", "--prefix", folder, "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", $"{package}@{version}") != 0) throw new InvalidOperationException($"npm cannot install {package}");
        return await Task.FromResult(path).ConfigureAwait(false);
    }

    private static string Started(Peer peer) => string.Create(CultureInfo.InvariantCulture, $"{peer.Started:N0} ms");

    private static async Task<string> ListingAsync(Peer peer)
    {
        var (tools, bytes) = await peer.ListingAsync().ConfigureAwait(false);
        return string.Create(CultureInfo.InvariantCulture, $"{tools} tools, {bytes / 4:N0} tokens");
    }

    private static string Cell((string Text, double Milliseconds) answer, string? words = null) => answer.Text.StartsWith("error: ", StringComparison.Ordinal) ? answer.Text.Split('\n')[0][..Math.Min(80, answer.Text.Split('\n')[0].Length)]
        : string.Create(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(answer.Text) / 4:N0} tokens, {answer.Milliseconds:N0} ms{(words is null ? "" : $" ({words})")}");

    // "shown 12 of 40 sites in 9 files" of the first line.
    private static string Shown(string text) => ShownPattern().Match(text) is { Success: true } match ? match.Value : "";

    [GeneratedRegex(@"shown [\d,]+ of [\d,]+ \w+")]
    private static partial Regex ShownPattern();

    [GeneratedRegex(@"""?outputId""?:?\s*""?(?<id>\w+)", RegexOptions.IgnoreCase)]
    private static partial Regex OutputId();
}
