using System.Text;
using System.Text.Json.Nodes;
using Rlm.Mcp.Commands;
using Rlm.Mcp.Commands.Clients;

namespace Rlm.Mcp.Tests.Commands;

public class InitCommandTests
{
    [Theory]
    [InlineData("claude", "root/.mcp.json", "mcpServers")]
    [InlineData("vscode", "root/.vscode/mcp.json", "servers")]
    [InlineData("gemini", "home/.gemini/settings.json", "mcpServers")]
    [InlineData("copilot", "home/.copilot/mcp-config.json", "mcpServers")]
    [InlineData("opencode", "home/.config/opencode/opencode.json", "mcp")]
    public void NewFile_HoldsOurEntryAlone(string client, string file, string key)
    {
        using var fixture = new CommandFixture();
        Assert.Equal(ExitCodes.Done, fixture.Run("init", client, "--write"));
        var settings = JsonNode.Parse(fixture.Read(file))!.AsObject();
        var entry = settings[key]!["rlm"]!;
        string[] command = entry["command"] is JsonArray whole ? [.. whole.Select(word => (string)word!)] : [(string)entry["command"]!, .. entry["args"]!.AsArray().Select(word => (string)word!)];
        Assert.Equal([fixture.Shell.ProgramPath, "serve"], command[..2]);
        Assert.Equal((1, 1), (settings.Count, settings[key]!.AsObject().Count));
        Assert.Empty(Directory.GetFiles(fixture.Folder, "*.bak*", SearchOption.AllDirectories));
        Assert.Empty(Directory.GetFiles(fixture.Folder, "*.tmp", SearchOption.AllDirectories));
    }

    [Fact]
    public void Codex_GetsATable()
    {
        using var fixture = new CommandFixture();
        fixture.Run("init", "codex", "--write", "--model", "cli:codex");
        Assert.Equal($"[mcp_servers.rlm]\ncommand = \"{fixture.Shell.ProgramPath.Replace("\\", "\\\\")}\"\nargs = [\"serve\", \"--model\", \"cli:codex\"]\ntool_timeout_sec = 1800\n", fixture.Read("home/.codex/config.toml"));
        Assert.Equal(ExitCodes.Done, fixture.Run("init", "codex", "--write", "--model", "cli:codex"));
        Assert.Contains("nothing to do", fixture.Error);
    }

    [Fact]
    public void VsCode_NamesItsFolderAndClaudeWaits()
    {
        using var fixture = new CommandFixture();
        fixture.Run("init", "vscode");
        Assert.Equal("""["serve","--root","${workspaceFolder}"]""", JsonNode.Parse(fixture.Out)!["servers"]!["rlm"]!["args"]!.ToJsonString());
        using var claude = new CommandFixture();
        claude.Run("init", "claude");
        var entry = JsonNode.Parse(claude.Out)!["mcpServers"]!["rlm"]!;
        Assert.Equal(("stdio", 1_800_000, true), ((string)entry["type"]!, (int)entry["timeout"]!, (bool)entry["alwaysLoad"]!));
        Assert.Contains("claude mcp add", claude.Error);
    }

    [Fact]
    public void FlagsForTheServer_GoIntoTheEntry()
    {
        using var fixture = new CommandFixture();
        Assert.Equal(ExitCodes.Done, fixture.Run("init", "claude", "--max-usd", "0.5", "--offline", "--cache", "kept", "--boundary", "a=src", "--boundary", "b=tests;local-only", "--max-calls", "9", "--max-calls", "8"));
        var cache = Path.Combine(fixture.Root, "kept");
        string[] expected = ["serve", "--cache", cache, "--max-calls", "8", "--max-usd", "0.5", "--boundary", "a=src", "--boundary", "b=tests;local-only", "--offline"];
        Assert.Equal(expected, JsonNode.Parse(fixture.Out)!["mcpServers"]!["rlm"]!["args"]!.AsArray().Select(word => (string)word!));
        if (!OperatingSystem.IsWindows()) Assert.Contains("--boundary 'b=tests;local-only'", fixture.Error);
    }

    // Settings in the home folder hold for every project, so it does not matter where the user stands.
    [Theory]
    [InlineData("codex", ExitCodes.Done)]
    [InlineData("gemini", ExitCodes.Done)]
    [InlineData("claude", ExitCodes.NotAvailable)]
    public void InTheHomeFolder_OnlyAProjectsSettingsAreRefused(string client, int code)
    {
        using var fixture = new CommandFixture();
        fixture.Variables[OperatingSystem.IsWindows() ? "USERPROFILE" : "HOME"] = fixture.Root;
        Assert.Equal(code, fixture.Run("init", client));
    }

    [Fact]
    public void RootForAClientOfAllFolders_IsSaidToBeLeftOut()
    {
        using var fixture = new CommandFixture();
        Assert.Equal(ExitCodes.Done, fixture.Run("init", "gemini", "--root", fixture.Root));
        Assert.DoesNotContain("--root", fixture.Out);
        Assert.Contains("--root is not part of the entry", fixture.Error);
    }

    [Fact]
    public void WithoutWrite_NothingIsWritten()
    {
        using var fixture = new CommandFixture();
        foreach (var client in Client.Names) Assert.Equal(ExitCodes.Done, fixture.Run("init", client));
        Assert.Empty(Directory.GetFileSystemEntries(fixture.Root));
        Assert.Empty(Directory.GetFileSystemEntries(fixture.Home));
    }

    // Everything but our entry stays, to the character.
    [Theory]
    [InlineData("{}", "{\n  \"mcpServers\": {\n    \"rlm\": ENTRY2\n  }\n}")]
    [InlineData("{\n\t\"a\": 1\n}\n", "{\n\t\"mcpServers\": {\n\t\t\"rlm\": ENTRYT\n\t},\n\t\"a\": 1\n}\n")]
    [InlineData("{\r\n  \"mcpServers\": {}\r\n}", "{\r\n  \"mcpServers\": {\r\n    \"rlm\": ENTRYR\r\n  }\r\n}")]
    [InlineData("{\n  \"x\":   [1,2],\n  \"mcpServers\": {\n    \"other\": {\"command\":\"é \\u0041\"}\n  }\n}", "{\n  \"x\":   [1,2],\n  \"mcpServers\": {\n    \"rlm\": ENTRY2,\n    \"other\": {\"command\":\"é \\u0041\"}\n  }\n}")]
    public void OtherEntries_StayAsTheyAre(string before, string expected)
    {
        using var fixture = new CommandFixture();
        fixture.File("root/.mcp.json", before);
        Assert.Equal(ExitCodes.Done, fixture.Run("init", "claude", "--write"));
        var after = fixture.Read("root/.mcp.json");
        Assert.Equal(expected.Replace("ENTRY2", Entry("  ", "\n")).Replace("ENTRYT", Entry("\t", "\n")).Replace("ENTRYR", Entry("  ", "\r\n")), after);
        Assert.Equal(before, fixture.Read("root/.mcp.json.bak"));

        string Entry(string unit, string lineBreak) => string.Join(lineBreak + unit + unit,
            "{", $"{unit}\"type\": \"stdio\",", $"{unit}\"command\": {JsonValue.Create(fixture.Shell.ProgramPath)!.ToJsonString()},", $"{unit}\"args\": [",
            $"{unit}{unit}\"serve\"", $"{unit}],", $"{unit}\"timeout\": 1800000,", $"{unit}\"alwaysLoad\": true", "}");
    }

    [Fact]
    public void ExistingEntry_IsUpdatedAndKeepsTheUsersKeys()
    {
        using var fixture = new CommandFixture();
        fixture.File("root/.mcp.json", """{"mcpServers":{"rlm":{"command":"/old/rlm","args":["serve","--offline","--boundary","b=src;local-only","--max-calls","5"],"timeout":5,"env":{"A":"b"}},"other":{"command":"o"}}}""");
        Assert.Equal(ExitCodes.Done, fixture.Run("init", "claude", "--write", "--max-calls", "9"));
        var servers = JsonNode.Parse(fixture.Read("root/.mcp.json"))!["mcpServers"]!;
        Assert.Equal("""["serve","--max-calls","9","--offline","--boundary","b=src;local-only"]""", servers["rlm"]!["args"]!.ToJsonString());
        Assert.Equal((fixture.Shell.ProgramPath, 5, "b", "o"), ((string)servers["rlm"]!["command"]!, (int)servers["rlm"]!["timeout"]!, (string)servers["rlm"]!["env"]!["A"]!, (string)servers["other"]!["command"]!));
        Assert.Contains("+ ", fixture.Error);

        var once = fixture.Read("root/.mcp.json");
        Assert.Equal(ExitCodes.Done, fixture.Run("init", "claude", "--write"));
        Assert.Equal(once, fixture.Read("root/.mcp.json"));
        Assert.False(File.Exists(Path.Combine(fixture.Root, ".mcp.json.bak1")));
    }

    [Theory]
    [InlineData("claude", "root/.mcp.json", "{ // mine\n  \"mcpServers\": {} }", "comments")]
    [InlineData("claude", "root/.mcp.json", "{\"mcpServers\": {},}", "comments or trailing commas")]
    [InlineData("claude", "root/.mcp.json", "{\"mcpServers\": {", "not valid JSON")]
    [InlineData("claude", "root/.mcp.json", "{} {}", "not valid JSON")]
    [InlineData("claude", "root/.mcp.json", "[]", "JSON object")]
    [InlineData("claude", "root/.mcp.json", "{\"mcpServers\": []}", "not an object")]
    [InlineData("claude", "root/.mcp.json", "{\"mcpServers\": null}", "not an object")]
    [InlineData("claude", "root/.mcp.json", "{\"mcpServers\": {\"rlm\": 1}}", "not an object")]
    [InlineData("claude", "root/.mcp.json", "{\"a\": {\"b\":1,\"b\":2}}", "twice")]
    [InlineData("codex", "home/.codex/config.toml", "[mcp_servers.rlm]\ncommand = \"mine\"\n", "already")]
    [InlineData("codex", "home/.codex/config.toml", "[ mcp_servers . \"rlm\" ]\n", "already")]
    [InlineData("codex", "home/.codex/config.toml", "mcp_servers.rlm.command = \"x\"\n", "already")]
    [InlineData("codex", "home/.codex/config.toml", "mcp_servers = { a = { command = \"x\" } }\n", "one line")]
    [InlineData("codex", "home/.codex/config.toml", "a = \"\"\"open\n", "broken at line 1: a string does not close")]
    [InlineData("codex", "home/.codex/config.toml", "model = \"x\"\nnotify = [\n  \"bell\"\n", "an array does not close")]
    [InlineData("codex", "home/.codex/config.toml", "model = \n", "broken at line 1")]
    [InlineData("codex", "home/.codex/config.toml", "[mcp_servers]\nrlm = { command = \"mine\" }\n", "already")]
    [InlineData("claude", "root/.mcp.json", "{\"mcpServers\": {\"rlm\": {\"type\":\"http\",\"url\":\"https://example.org/mcp\"}}}", "another server")]
    [InlineData("vscode", "root/.vscode/mcp.json", "{\"servers\": {\"rlm\": {\"command\":\"npx\",\"args\":[\"-y\",\"other\", 1]}}}", "another server")]
    [InlineData("claude", "root/.mcp.json", "{\"mcpServers\": {\"rlm\": {\"command\":\"npx\",\"args\":[\"other-mcp\",\"serve\"]}}}", "another server")]
    [InlineData("vscode", "root/.vscode/mcp.json", "{\n  // mine\n  \"servers\": {}\n}", "comments")]
    [InlineData("gemini", "home/.gemini/settings.json", "{\"\\ud800\": 1}", "no character")]
    [InlineData("gemini", "home/.gemini/settings.json", "{\"theme\": \"x\" /* mine */}", "comments")]
    [InlineData("copilot", "home/.copilot/mcp-config.json", "{\"mcpServers\": {\"a\": {}, \"a\": {}}}", "twice")]
    [InlineData("opencode", "home/.config/opencode/opencode.json", "{ // mine\n}", "comments")]
    [InlineData("opencode", "home/.config/opencode/opencode.json", "{\"mcp\": {\"rlm\": {\"type\":\"remote\",\"url\":\"https://example.org\"}}}", "another server")]
    public void FileThatIsNotUnderstood_IsLeftAlone(string client, string file, string text, string says)
    {
        using var fixture = new CommandFixture();
        fixture.File(file, text);
        Assert.Equal(ExitCodes.Failed, fixture.Run("init", client, "--write"));
        Assert.Equal(text, fixture.Read(file));
        Assert.Contains(says, fixture.Error);
        Assert.Contains("rlm", fixture.Out); // the entry to add by hand
    }

    [Fact]
    public void CodexTable_IsAppendedBehindWhatIsThere()
    {
        using var fixture = new CommandFixture();
        const string before = "model = \"x\" # mine\r\n[mcp_servers.other]\r\ncommand = \"o\"";
        fixture.File("home/.codex/config.toml", before);
        Assert.Equal(ExitCodes.Done, fixture.Run("init", "codex", "--write"));
        Assert.StartsWith(before + "\r\n\r\n[mcp_servers.rlm]\r\ncommand = ", fixture.Read("home/.codex/config.toml"));
    }

    [Theory]
    [InlineData("a = 1\nb = { c = 2, d = [1, 2] } # mine\n")]
    [InlineData("[mcp_servers.other]\nenv = { KEY = \"v\" }\n\n[[hooks]]\nname = 'x'\n")]
    [InlineData("mcp_servers.other.command = \"o\"\ntext = \"\"\"\n[not.a.table]\n\"\"\"\n")]
    [InlineData("\uFEFFmodel = \"x\"\n")]
    public void CodexSettings_OfEveryForm_StayAsTheyAre(string before)
    {
        using var fixture = new CommandFixture();
        var file = fixture.File("home/.codex/config.toml", before);
        Assert.Equal(ExitCodes.Done, fixture.Run("init", "codex", "--write"));
        Assert.Equal(Encoding.UTF8.GetBytes(before), File.ReadAllBytes(file)[..Encoding.UTF8.GetByteCount(before)]);
        Assert.Contains("\n\n[mcp_servers.rlm]\ncommand = ", fixture.Read("home/.codex/config.toml"));
        Assert.Equal(ExitCodes.Done, fixture.Run("init", "codex", "--write"));
        Assert.Contains("nothing to do", fixture.Error);
    }

    [Theory]
    [InlineData("claude", "root/.mcp.json", "mcpServers")]
    [InlineData("vscode", "root/.vscode/mcp.json", "servers")]
    [InlineData("gemini", "home/.gemini/settings.json", "mcpServers")]
    [InlineData("copilot", "home/.copilot/mcp-config.json", "mcpServers")]
    [InlineData("opencode", "home/.config/opencode/opencode.json", "mcp")]
    public void MarkLineEndsAndOtherServers_AreKept_AndOurEntryIsFoundAgain(string client, string file, string key)
    {
        using var fixture = new CommandFixture();
        var before = $"\uFEFF{{\r\n  \"{key}\": {{\r\n    \"other\": {{ \"command\": \"o\", \"type\": \"stdio\" }}\r\n  }}\r\n}}\r\n";
        var path = fixture.File(file, before);
        Assert.Equal(ExitCodes.Done, fixture.Run("init", client, "--write"));
        var after = File.ReadAllBytes(path);
        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), after[..3]);
        var text = Encoding.UTF8.GetString(after);
        Assert.DoesNotContain('\n', text.Replace("\r\n", ""));
        Assert.EndsWith(before[before.IndexOf("    \"other\"", StringComparison.Ordinal)..], text);
        Assert.Equal(ExitCodes.Done, fixture.Run("init", client, "--write"));
        Assert.Contains("nothing to do", fixture.Error);
        Assert.Equal(ExitCodes.Done, fixture.Run("init", client, "--write", "--model", "cli:claude"));
        Assert.Equal(["rlm", "other"], JsonNode.Parse(File.ReadAllText(path))![key]!.AsObject().Select(server => server.Key));
        Assert.Contains("cli:claude", File.ReadAllText(path));
    }

    [Theory]
    [InlineData("claude", "root/.mcp.json", "{}")]
    [InlineData("codex", "home/.codex/config.toml", "a = 1\n")]
    public void ReadOnlyFile_IsLeftAlone(string client, string file, string before)
    {
        using var fixture = new CommandFixture();
        var path = fixture.File(file, before);
        File.SetAttributes(path, FileAttributes.ReadOnly);
        Assert.Equal(ExitCodes.Failed, fixture.Run("init", client, "--write"));
        Assert.Contains("read-only", fixture.Error);
        Assert.Equal(before, fixture.Read(file));
        Assert.Single(Directory.GetFileSystemEntries(Path.GetDirectoryName(path)!));
        File.SetAttributes(path, FileAttributes.Normal);
    }

    [Fact]
    public void LinkInACircle_IsLeftAlone()
    {
        if (OperatingSystem.IsWindows()) return;
        using var fixture = new CommandFixture();
        var (one, two) = (Path.Combine(fixture.Root, ".mcp.json"), Path.Combine(fixture.Root, "two"));
        File.CreateSymbolicLink(one, two);
        File.CreateSymbolicLink(two, one);
        Assert.Equal(ExitCodes.Failed, fixture.Run("init", "claude", "--write"));
        Assert.Contains("circle", fixture.Error);
        Assert.Equal(two, new FileInfo(one).LinkTarget);
    }

    [Fact]
    public void LinkOutOfTheRoot_IsNotFollowed()
    {
        if (OperatingSystem.IsWindows()) return;
        using var fixture = new CommandFixture();
        var outside = Directory.CreateDirectory(Path.Combine(fixture.Folder, "outside")).FullName;
        Directory.CreateSymbolicLink(Path.Combine(fixture.Root, ".vscode"), outside);
        File.CreateSymbolicLink(Path.Combine(fixture.Root, ".mcp.json"), Path.Combine(outside, "absent.json"));
        Assert.Equal(ExitCodes.Failed, fixture.Run("init", "vscode", "--write"));
        Assert.Equal(ExitCodes.Failed, fixture.Run("init", "claude", "--write"));
        Assert.Empty(Directory.GetFileSystemEntries(outside));
    }

    [Fact]
    public void LinkInsideTheFolder_IsWrittenThrough()
    {
        if (OperatingSystem.IsWindows()) return;
        using var fixture = new CommandFixture();
        var real = fixture.File("home/dotfiles/codex.toml", "a = 1\n");
        Directory.CreateDirectory(Path.Combine(fixture.Home, ".codex"));
        File.CreateSymbolicLink(Path.Combine(fixture.Home, ".codex", "config.toml"), real);
        fixture.Variables["CODEX_HOME"] = Path.Combine(fixture.Home, ".codex");
        Assert.Equal(ExitCodes.Failed, fixture.Run("init", "codex", "--write")); // CODEX_HOME is the folder to stay in
        Assert.Equal("a = 1\n", File.ReadAllText(real));
        fixture.Variables.Remove("CODEX_HOME");
        Assert.Equal(ExitCodes.Done, fixture.Run("init", "codex", "--write")); // else it is the home folder
        Assert.Contains("rlm", File.ReadAllText(real));
        var gemini = fixture.File("home/.gemini/real.json", "{}");
        File.CreateSymbolicLink(Path.Combine(fixture.Home, ".gemini", "settings.json"), gemini);
        Assert.Equal(ExitCodes.Done, fixture.Run("init", "gemini", "--write"));
        Assert.Contains("rlm", File.ReadAllText(gemini));
        Assert.NotNull(new FileInfo(Path.Combine(fixture.Home, ".gemini", "settings.json")).LinkTarget);
    }

    [Fact]
    public void ModeOfTheFile_IsKept()
    {
        if (OperatingSystem.IsWindows()) return;
        using var fixture = new CommandFixture();
        var file = fixture.File("home/.gemini/settings.json", "{}");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        fixture.Run("init", "gemini", "--write");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public void OnATerminal_AsksForTheModelOnceAndBeforeWriting()
    {
        using var fixture = new CommandFixture().Answer("2", "y");
        fixture.Variables["ANTHROPIC_API_KEY"] = "sk-secret";
        Assert.Equal(ExitCodes.Done, fixture.Run("init", "claude"));
        Assert.Contains("1  auto", fixture.Error);
        Assert.DoesNotContain("sk-secret", fixture.Error);
        Assert.Equal("""["serve"]""", JsonNode.Parse(fixture.Read("root/.mcp.json"))!["mcpServers"]!["rlm"]!["args"]!.ToJsonString());

        using var chosen = new CommandFixture().Answer("y");
        Assert.Equal(ExitCodes.Done, chosen.Run("init", "claude", "--model", "openai:m"));
        Assert.DoesNotContain("Which model", chosen.Error);
        Assert.Contains("openai:m", chosen.Read("root/.mcp.json"));

        using var refused = new CommandFixture().Answer("", "n");
        Assert.Equal(ExitCodes.Done, refused.Run("init", "claude"));
        Assert.Empty(Directory.GetFileSystemEntries(refused.Root));
    }

    [Theory]
    [InlineData("init")]
    [InlineData("init", "cursor")]
    [InlineData("init", "claude", "codex")]
    public void WrongClient_IsBadUsageAndListsTheClients(params string[] line)
    {
        using var fixture = new CommandFixture();
        Assert.Equal(ExitCodes.BadUsage, fixture.Run(line));
        Assert.Contains("claude, vscode, codex, gemini, copilot, opencode", fixture.Error);
    }
}
