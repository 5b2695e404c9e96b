using Rlm.Mcp.Commands;

namespace Rlm.Mcp.Tests.Commands;

public class OperatorSettingsTests
{
    [Fact]
    public void Flag_BeforeEnvironment_BeforeFile()
    {
        using var fixture = new CommandFixture();
        Assert.Equal(4 << 20, MaxFile());
        fixture.File("home/.config/rlm-mcp/config.json", """{ "max-file": 1 } """);
        Assert.Equal(1 << 20, MaxFile());
        fixture.Variables["RLM_MCP_MAX_FILE"] = "2";
        Assert.Equal(2 << 20, MaxFile());
        Assert.Equal(3 << 20, MaxFile("--max-file", "3"));

        long MaxFile(params string[] more)
        {
            Assert.Equal(ExitCodes.Done, fixture.Run(["probe", "x", .. more]));
            return fixture.Settings!.Context.MaxFileBytes;
        }
    }

    [Fact]
    public void EveryFlag_IsAVariableAndAKeyToo()
    {
        using var flags = new CommandFixture();
        flags.Run("probe", "x", "--allow-secret", "a.pem", "--allow-secret=b.pem", "--cache", "../c", "--model", "cli:claude", "--portable", "--lean-root", "--otlp", "http://localhost:4318");
        using var variables = new CommandFixture();
        variables.Variables["RLM_MCP_ALLOW_SECRET"] = string.Join(Path.PathSeparator, "a.pem", "b.pem");
        variables.Variables["RLM_MCP_CACHE"] = "../c";
        variables.Variables["RLM_MCP_MODEL"] = "cli:claude";
        variables.Variables["RLM_MCP_PORTABLE"] = "1";
        variables.Variables["RLM_MCP_LEAN_ROOT"] = "1";
        variables.Variables["RLM_MCP_OTLP"] = "http://localhost:4318";
        variables.Run("probe", "x");
        using var file = new CommandFixture();
        file.File("conf/my.json", """
            { // the user's own
              "allow-secret": ["a.pem", "b.pem"], "cache": "../c", "model": "cli:claude", "portable": true, "lean-root": true, "otlp": "http://localhost:4318",
            }
            """);
        file.Run("probe", "x", "--config", "../conf/my.json");

        foreach (var fixture in new[] { flags, variables, file })
        {
            var context = fixture.Settings!.Context;
            Assert.Equal(["a.pem", "b.pem"], context.AllowedSecrets);
            Assert.Equal(Path.Combine(fixture.Folder, "c"), context.CacheFolder);
            Assert.Equal("cli:claude", fixture.Settings.Recursion.Model);
            Assert.True(context.Portable);
            Assert.True(fixture.Settings.Recursion.LeanRoot);
            Assert.Equal(new Uri("http://localhost:4318"), fixture.Settings.Otlp);
            Assert.Equal(fixture.Root, context.Root);
        }
    }

    [Fact]
    public void UnknownKey_IsNamedAndIgnored()
    {
        using var fixture = new CommandFixture();
        fixture.File("home/.config/rlm-mcp/config.json", """{ "max-fil": 1, "config": "x" }""");
        Assert.Equal(ExitCodes.Done, fixture.Run("probe", "x"));
        Assert.Contains("\"max-fil\"", fixture.Error);
        Assert.Contains("Did you mean max-file", fixture.Error);
        Assert.Contains("\"config\"", fixture.Error);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{ "offline": "perhaps" }""")]
    [InlineData("""{ "allow-secret": [1] }""")]
    [InlineData("""{ "root": true }""")]
    public void BrokenFile_StopsEverything(string text)
    {
        using var fixture = new CommandFixture();
        fixture.File("home/.config/rlm-mcp/config.json", text);
        Assert.Equal(ExitCodes.BadUsage, fixture.Run("probe", "x"));
        Assert.Contains("config.json", fixture.Error);
    }

    [Fact]
    public void NamedFileThatIsNotThere_IsBadUsage()
    {
        using var fixture = new CommandFixture();
        Assert.Equal(ExitCodes.BadUsage, fixture.Run("probe", "x", "--config", "nowhere.json"));
        fixture.Variables["RLM_MCP_CONFIG"] = "nowhere.json";
        Assert.Equal(ExitCodes.BadUsage, fixture.Run("probe", "x"));
    }

    [Fact]
    public void NothingInTheRepository_Configures()
    {
        using var fixture = new CommandFixture();
        foreach (var name in new[] { "config.json", "rlm-mcp/config.json", ".config/rlm-mcp/config.json", ".rlm-mcp.json" })
            fixture.File("root/" + name, """{ "max-file": 1, "model": "openai:evil@http://evil" }""");
        fixture.Variables["XDG_CONFIG_HOME"] = Path.GetRelativePath(Path.GetFullPath("."), fixture.Root); // relative: not to be trusted
        fixture.Run("probe", "x");
        Assert.Equal(4 << 20, fixture.Settings!.Context.MaxFileBytes);
        Assert.Null(fixture.Settings.Recursion.Model);
    }

    [Fact]
    public void CacheBelowTheRoot_IsRefused()
    {
        using var fixture = new CommandFixture();
        Assert.Equal(ExitCodes.BadUsage, fixture.Run("probe", "x", "--cache", "cache"));
        Assert.Contains("nothing is ever written", fixture.Error);
        if (OperatingSystem.IsWindows()) return;
        File.CreateSymbolicLink(Path.Combine(fixture.Folder, "door"), fixture.Root);
        Assert.Equal(ExitCodes.BadUsage, fixture.Run("probe", "x", "--cache", "../door/cache"));
    }

    [Fact]
    public void Root_FollowsFlagThenClientThenStartFolder()
    {
        using var fixture = new CommandFixture();
        var project = Directory.CreateDirectory(Path.Combine(fixture.Folder, "project")).FullName;
        var other = Directory.CreateDirectory(Path.Combine(fixture.Folder, "other")).FullName;
        fixture.Run("probe", "x");
        Assert.Equal(fixture.Root, fixture.Settings!.Context.Root);
        fixture.Variables["CLAUDE_PROJECT_DIR"] = project;
        fixture.Run("probe", "x");
        Assert.Equal(project, fixture.Settings!.Context.Root);
        fixture.Run("--root", other, "probe", "x");
        Assert.Equal(other, fixture.Settings!.Context.Root);
    }

    [Theory]
    [InlineData(true, "serve")]
    [InlineData(true, "--root", "x", "serve")]
    [InlineData(true, "serve", "--offline")]
    [InlineData(false, "serve", "--offline=no")]
    [InlineData(false, "serve", "--root")]
    [InlineData(false, "serve", "--cache", "--offline")]
    [InlineData(false, "serve", "serve")]
    [InlineData(false, "--root", "x")]
    [InlineData(false, "serve", "--help")]
    [InlineData(false, "serve", "extra")]
    [InlineData(false, "map")]
    public void Serve_IsTakenTheShortWay(bool expected, params string[] line) =>
        Assert.Equal(expected, ServeArguments.Read(line, inputIsTerminal: true) is not null);

    [Fact]
    public void NoCommand_ServesWithoutATerminal() =>
        Assert.Equal((true, false), (ServeArguments.Read([], inputIsTerminal: false) is not null, ServeArguments.Read([], inputIsTerminal: true) is not null));

    // Random lines of flags and values: whatever the short way takes, the command line must understand alike.
    [Fact]
    public void ShortWay_UnderstandsWhatTheCommandLineDoes()
    {
        string[] words = [ServeCommand.CommandName, .. OperatorFlags.All.Select(flag => flag.Name), .. Enumerable.Repeat(OperatorFlags.AllowSecret.Name, 6)], values = ["a", "b.pem", "serve", "7", "@x", "host", "x=y"];
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var taken = 0;
        for (var round = 0; round < 400; round++)
        {
            var line = Enumerable.Range(0, random.Next(1, 5)).SelectMany(_ => random.Next(3) == 0 ? [words[random.Next(words.Length)]] : new[] { words[random.Next(words.Length)], values[random.Next(values.Length)] }).ToArray();
            using var fixture = new CommandFixture();
            if (ServeArguments.Read(line, inputIsTerminal: false) is not { } given) continue;
            taken++;
            var code = fixture.Run(line);
            var (ours, fault) = Try(() => OperatorReader.Read(given, fixture.Shell));
            Assert.True(ours is null ? fixture.Error.Contains(fault!, StringComparison.Ordinal) && code == ExitCodes.BadUsage : Shown(ours) == Shown(fixture.Served), $"seed {seed}: {string.Join(' ', line)}");
        }
        Assert.True(taken > 20, $"seed {seed}: only {taken} lines were taken");

        static (OperatorSettings?, string?) Try(Func<OperatorSettings> read)
        {
            try
            {
                return (read(), null);
            }
            catch (UsageException fault)
            {
                return (null, fault.Message);
            }
        }

        static string? Shown(OperatorSettings? of) => of is null ? null
            : string.Join('|', of.Root, of.RootSource, of.AllowBroadRoot, of.Offline, of.Portable, of.Model, of.CacheFolder, string.Join(',', of.AllowedSecrets));
    }
}
