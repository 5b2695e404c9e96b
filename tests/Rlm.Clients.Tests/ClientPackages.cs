using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Rlm.Clients.Tests;

/// <summary>
/// Real clients from npm, pinned, installed once into a folder that outlives the run: <c>RLM_CLIENTS_DIR</c>, else <c>rlm-mcp-clients</c> in the user's cache folder.
/// Where npm cannot be reached the test is skipped and says so; any other failure to install fails it.
/// </summary>
internal static class ClientPackages
{
    private static readonly TimeSpan InstallTime = TimeSpan.FromMinutes(15);
    private static readonly string[] Unreachable = ["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "ENETUNREACH", "EHOSTUNREACH", "ERR_SOCKET_TIMEOUT", "FETCH_ERROR"];
    private static readonly SemaphoreSlim Installing = new(1, 1);
    private static string? _whySkipped; // found out once a run: npm takes its time to give up

    /// <summary>Claude Code, its native program (235 MB).</summary>
    public static async Task<string> ClaudeCodeAsync() =>
        Path.Combine(await InstallAsync($"@anthropic-ai/claude-code-{Platform}", "2.1.329"), "node_modules", "@anthropic-ai", $"claude-code-{Platform}", Program("claude"));

    /// <summary>Codex, its native program (400 MB).</summary>
    public static async Task<string> CodexAsync()
    {
        var vendor = Path.Combine(await InstallAsync("@openai/codex", "0.169.0"), "node_modules", "@openai");
        return Directory.EnumerateFiles(vendor, Program("codex"), SearchOption.AllDirectories).Single(path => Path.GetFileName(Path.GetDirectoryName(path)) == "bin" && path.Contains("vendor", StringComparison.Ordinal));
    }

    /// <summary>The Inspector's command line: Node (it needs 22.19 or later) and its script.</summary>
    public static async Task<string[]> InspectorAsync() =>
        [await NodeAsync(), Path.Combine(await InstallAsync("@modelcontextprotocol/inspector", "2.12.0"), "node_modules", "@modelcontextprotocol", "inspector", "clients", "launcher", "build", "index.js")];

    /// <summary>Node, the folder of <c>playwright-core</c>, and a Chromium of this system; it drives one and brings none.</summary>
    public static async Task<(string Node, string Playwright, string Chromium)> BrowserAsync()
    {
        var chromium = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).SelectMany(folder => (string[])[Path.Combine(folder, "chromium"), Path.Combine(folder, "chromium-browser"), Path.Combine(folder, "google-chrome")]).FirstOrDefault(File.Exists);
        Assert.SkipWhen(chromium is null, "Chromium is not installed (Debian: apt-get install chromium)");
        return (await NodeAsync(), Path.Combine(await InstallAsync("playwright-core", "1.65.1"), "node_modules", "playwright-core"), chromium);
    }

    /// <summary>Gemini CLI: Node and its script (100 MB).</summary>
    public static async Task<string[]> GeminiAsync() =>
        [await NodeAsync(), Path.Combine(await InstallAsync("@google/gemini-cli", "0.61.0"), "node_modules", "@google", "gemini-cli", "bundle", "gemini.js")];

    /// <summary>opencode, its native program (180 MB).</summary>
    public static async Task<string> OpencodeAsync()
    {
        var package = $"opencode-{Platform.Replace("win32", "windows", StringComparison.Ordinal)}";
        return Path.Combine(await InstallAsync(package, "1.18.33"), "node_modules", package, "bin", Program("opencode"));
    }

    /// <summary>Copilot CLI, its native program (190 MB).</summary>
    public static async Task<string> CopilotAsync() =>
        Path.Combine(await InstallAsync($"@github/copilot-{Platform}", "1.0.102"), "node_modules", "@github", $"copilot-{Platform}", Program("copilot"));

    /// <summary>Node 24.</summary>
    public static async Task<string> NodeAsync()
    {
        var package = $"node-{(OperatingSystem.IsWindows() ? Platform.Replace("win32", "win", StringComparison.Ordinal) : Platform)}";
        return Path.Combine(await InstallAsync(package, "24.21.0"), "node_modules", package, "bin", Program("node"));
    }

    private static string Platform { get; } = (OperatingSystem.IsWindows() ? "win32" : OperatingSystem.IsMacOS() ? "darwin" : "linux") + (RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "-arm64" : "-x64");

    private static string Cache { get; } = Environment.GetEnvironmentVariable("RLM_CLIENTS_DIR") is { Length: > 0 } given ? given : Path.Combine(UserCache(), "rlm-mcp-clients");

    /// <summary>The build of VS Code's source that holds the schema of its <c>mcp.json</c> (60 MB), and a checker of schemas: the folder that scripts import them from.</summary>
    public static Task<string> VsCodeSchemaAsync() => InstallAsync(Path.Combine(Cache, "vscode-schema-36.2.7"), ["@codingame/monaco-vscode-api@36.2.7", "ajv@8.20.0"]);

    /// <summary>A program of <c>examples/</c> beside the packages that its package.json names: the folder (180 MB for the Agent Development Kit).</summary>
    public static async Task<string> ExampleAsync(string name)
    {
        var source = ExampleShop.Example(name);
        var wanted = await File.ReadAllBytesAsync(Path.Combine(source, "package.json"), TestContext.Current.CancellationToken);
        var folder = Directory.CreateDirectory(Path.Combine(Cache, $"{name}-{Convert.ToHexStringLower(SHA256.HashData(wanted))[..8]}")).FullName;
        foreach (var file in Directory.EnumerateFiles(source)) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        return await InstallAsync(folder, []);
    }

    private static Task<string> InstallAsync(string package, string version) => InstallAsync(Path.Combine(Cache, $"{package.Split('/')[^1]}-{version}"), [$"{package}@{version}"]);

    private static async Task<string> InstallAsync(string folder, string[] packages)
    {
        var done = Path.Combine(folder, "installed");
        await Installing.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (File.Exists(done)) return folder;
            Directory.CreateDirectory(folder);
            await RunNpmAsync(folder, packages);
            await File.WriteAllTextAsync(done, "", TestContext.Current.CancellationToken);
            return folder;
        }
        finally
        {
            Installing.Release();
        }
    }

    private static async Task RunNpmAsync(string folder, string[] packages)
    {
        Assert.SkipWhen(_whySkipped is not null, _whySkipped ?? "");
        string[] arguments = ["install", "--prefix", folder, "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--fetch-retries=2", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000", "--no-package-lock", .. packages];
        try
        {
            var outcome = await ClientRun.RunAsync(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", arguments, folder, environment: null, InstallTime);
            if (outcome.Code == 0) return;
            Assert.True(Unreachable.Any(word => outcome.Output.Contains(word, StringComparison.Ordinal)), outcome.Output);
            _whySkipped = $"npm cannot reach its registry, so {Path.GetFileName(folder)} cannot be fetched";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            _whySkipped = $"npm is not installed, so {Path.GetFileName(folder)} cannot be fetched";
        }
        Assert.Skip(_whySkipped);
    }

    private static string UserCache()
    {
        if (OperatingSystem.IsWindows()) return Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (OperatingSystem.IsMacOS()) return Path.Combine(home, "Library", "Caches");
        return Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } given ? given : Path.Combine(home, ".cache");
    }

    private static string Program(string name) => OperatingSystem.IsWindows() ? name + ".exe" : name;
}
