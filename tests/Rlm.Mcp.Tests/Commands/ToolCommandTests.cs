using System.CommandLine;
using Rlm.Mcp.Commands;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Tests.Commands;

public class ToolCommandTests
{
    [Theory]
    [InlineData("""{"pattern":"x"}""", "probe", "x")]
    [InlineData("""{"pattern":"x"}""", "probe", "--pattern", "x")]
    [InlineData("""{"pattern":"x"}""", "probe", "--pattern=x")]
    [InlineData("""{"limit":5,"pattern":"x"}""", "--limit", "5", "probe", "x")]
    [InlineData("""{"limit":5,"pattern":"x"}""", "probe", "--limit", "5", "x")]
    [InlineData("""{"limit":6,"pattern":"x"}""", "probe", "x", "--limit", "5", "--limit=6")]
    [InlineData("""{"limit":-5,"pattern":"x"}""", "probe", "x", "--limit", "-5")]
    [InlineData("""{"pattern":"x","targets":["a","b"]}""", "probe", "x", "a", "b")]
    [InlineData("""{"pattern":"x","targets":["a","b"]}""", "probe", "x", "--targets", "a", "--targets", "b")]
    [InlineData("""{"pattern":"x","targets":["a","b"]}""", "probe", "a", "b", "--pattern", "x")]
    [InlineData("""{"pattern":"-x","targets":["--y","@z"]}""", "probe", "--", "-x", "--y", "@z")]
    [InlineData("""{"pattern":"--root"}""", "probe", "--pattern=--root")]
    [InlineData("""{"pattern":"-"}""", "probe", "-")]
    [InlineData("""{"pattern":"@set"}""", "probe", "@set")]
    [InlineData("""{"dry_run":true,"pattern":"x"}""", "probe", "--dry-run", "x")]
    [InlineData("""{"dry_run":true,"pattern":"x"}""", "probe", "--dry_run", "x")]
    [InlineData("""{"dry_run":false,"pattern":"x"}""", "probe", "--dry-run=false", "x")]
    [InlineData("""{"mode":"regex","pattern":"x","ratio":0.5}""", "probe", "x", "--mode", "regex", "--ratio", "0.5")]
    [InlineData("""{"limits":{"calls":3}}""", "probe", "--limits", "{\"calls\":3}")]
    [InlineData("""{"pattern":""}""", "probe", "")]
    [InlineData("""{"mode":"word","pattern":""}""", "probe", "--pattern=", "--mode=word")]
    [InlineData("""{"pattern":"--a="}""", "probe", "--", "--a=")]
    [InlineData("""{"pattern":"probe","targets":["serve"]}""", "probe", "probe", "serve")]
    [InlineData("""{"pattern":"probe"}""", "--pattern", "probe", "probe")]
    [InlineData("""{"dry_run":true,"pattern":"--limit"}""", "--dry-run", "--pattern=--limit", "probe")]
    [InlineData("""{"limit":5,"pattern":"-x"}""", "--limit=5", "probe", "--", "-x")]
    [InlineData("""{"pattern":"-ab"}""", "probe", "--pattern", "-ab")]
    [InlineData("""{"pattern":"/h","targets":["/?"]}""", "probe", "/h", "/?")]
    public void Arguments_ReachTheToolAsOverMcp(string expected, params string[] line)
    {
        using var fixture = new CommandFixture();
        Assert.Equal(ExitCodes.Done, fixture.Run(line));
        Assert.Equal(expected, fixture.Tool.GivenJson);
        Assert.Equal("done\n", fixture.Out);
        Assert.Equal("", fixture.Error);
    }

    [Theory]
    [InlineData("Did you mean --limit", "probe", "x", "--lmit", "5")]
    [InlineData("--pattern", "probe", "x", "--zzzzzz")]
    [InlineData("Did you mean --root", "--rot", "/tmp", "probe", "x")]
    [InlineData("Did you mean probe", "prob", "x")]
    [InlineData("Legal: literal, regex, word", "probe", "x", "--mode", "fuzzy")]
    [InlineData("Did you mean regex", "probe", "x", "--mode", "regexp")]
    [InlineData("not a whole number", "probe", "x", "--limit", "many")]
    [InlineData("not a whole number", "probe", "x", "--limit", "99999999999999999999")]
    [InlineData("not a number", "probe", "x", "--ratio", "NaN")]
    [InlineData("not a JSON object", "probe", "x", "--limits", "[1]")]
    [InlineData("not a JSON object", "probe", "x", "--limits", "{")]
    [InlineData("needs a value", "probe", "x", "--limit")]
    [InlineData("needs a value", "probe", "x", "--targets", "a", "--targets")]
    [InlineData("needs a value", "probe", "x", "--root")]
    [InlineData("needs a value", "probe", "x", "--cache", "--offline")]
    [InlineData("neither true nor false", "probe", "x", "--offline=maybe")]
    [InlineData("neither true nor false", "--json=maybe", "probe", "x")]
    [InlineData("Unknown flag --limit", "--limit", "5")]
    [InlineData("Unknown flag -l", "probe", "x", "-l")]
    [InlineData("Unknown command", "--limit", "5", "prob", "x")]
    [InlineData("one word too many", "probe", "--pattern", "x", "--targets", "a", "b")]
    [InlineData("neither true nor false", "probe", "x", "--dry-run=maybe")]
    [InlineData("neither true nor false", "probe", "x", "--json=maybe")]
    [InlineData("takes no words", "serve", "x")]
    [InlineData("takes no value", "probe", "--help=false")]
    [InlineData("no folder", "probe", "x", "--root", "does-not-exist")]
    [InlineData("not a model back end", "probe", "x", "--model", "gpt")]
    [InlineData("megabytes", "probe", "x", "--max-file", "lots")]
    public void BadUsage_ExitsWithTwoAndSaysWhatIsLegal(string says, params string[] line)
    {
        using var fixture = new CommandFixture();
        Assert.Equal(ExitCodes.BadUsage, fixture.Run(line));
        Assert.Contains(says, fixture.Error);
        Assert.Equal("", fixture.Out);
    }

    [Theory]
    [InlineData(ErrorCodes.BadArgument, ExitCodes.BadUsage)]
    [InlineData(ErrorCodes.BadPattern, ExitCodes.BadUsage)]
    [InlineData(ErrorCodes.NotAvailable, ExitCodes.NotAvailable)]
    [InlineData(ErrorCodes.UnknownPath, ExitCodes.Failed)]
    [InlineData(ErrorCodes.Internal, ExitCodes.Failed)]
    public void ToolError_DecidesTheExitCode(string code, int expected)
    {
        using var fixture = new CommandFixture();
        fixture.Tool.Answers = () => throw new ToolException(code, "asked for the moon");
        Assert.Equal(expected, fixture.Run("probe", "x"));
        Assert.Equal("", fixture.Out);
        Assert.Contains("asked for the moon", fixture.Error);
    }

    [Fact]
    public void PartialAnswer_ExitsWithOneAndIsShown()
    {
        using var fixture = new CommandFixture();
        fixture.Tool.IsPartial = true;
        Assert.Equal(ExitCodes.Failed, fixture.Run("probe", "x"));
        Assert.Equal("done\n", fixture.Out);
    }

    [Fact]
    public void Examples_OfEveryTool_AreGoodUsage()
    {
        foreach (var definition in ToolSet.Definitions)
            foreach (var example in ToolExamples.Of(definition.Name))
            {
                using var fixture = new CommandFixture { Definitions = ToolSet.Definitions };
                fixture.Run(Words(example));
                Assert.DoesNotContain("Try --help", fixture.Error);
            }

        static string[] Words(string line) => [.. System.Text.RegularExpressions.Regex.Matches(line, "'[^']*'|\\S+").Select(match => match.Value.Trim('\''))];
    }

    [Fact]
    public void ToolErrorInJson_GoesToStdout()
    {
        using var fixture = new CommandFixture();
        fixture.Tool.Answers = () => throw new ToolException(ErrorCodes.UnknownPath, "asked for the moon");
        Assert.Equal(ExitCodes.Failed, fixture.Run("probe", "x", "--json"));
        Assert.Contains("\"error\"", fixture.Out);
        Assert.True(fixture.Tool.Context is null || fixture.Tool.Context.Json);
    }

    [Fact]
    public void Json_IsAskedOfTheTool()
    {
        using var fixture = new CommandFixture();
        fixture.Run("probe", "x", "--json");
        Assert.Equal((true, true), (fixture.Tool.Context!.Json, fixture.Tool.Context.IsCommandLine));
    }

    [Fact]
    public void Cancelled_ExitsWithOne()
    {
        using var fixture = new CommandFixture { Stop = new(canceled: true) };
        Assert.Equal(ExitCodes.Failed, fixture.Run("probe", "x"));
        Assert.Contains("cancelled", fixture.Error);
    }

    [Fact]
    public void HomeAsRoot_ExitsWithThreeAndNamesTheFlag()
    {
        using var fixture = new CommandFixture();
        Assert.Equal(ExitCodes.NotAvailable, fixture.Run("probe", "x", "--root", fixture.Home));
        Assert.Contains("--allow-broad-root", fixture.Error);
        Assert.Equal(ExitCodes.Done, fixture.Run("probe", "x", "--root", fixture.Home, "--allow-broad-root"));
    }

    [Fact]
    public void TextOnATerminal_IsEscaped_InAPipeRaw()
    {
        using var piped = new CommandFixture();
        piped.Tool.Answers = () => "a\u001b[31m\tb\r\nc\u202e";
        piped.Run("probe", "x");
        Assert.Equal("a\u001b[31m\tb\r\nc\u202e\n", piped.Out);

        using var terminal = new CommandFixture { IsTerminal = true };
        terminal.Tool.Answers = piped.Tool.Answers;
        terminal.Run("probe", "x");
        Assert.Equal("a\\u{1b}[31m\tb\r\nc\\u{202e}\n", terminal.Out);
    }

    [Fact]
    public void Help_HasEveryFlagAndAnExample()
    {
        using var fixture = new CommandFixture();
        Assert.Equal(ExitCodes.Done, fixture.Run("probe", "--help"));
        foreach (var parameter in fixture.Tool.Definition.Parameters) Assert.Contains("--" + parameter.Name.Replace('_', '-'), fixture.Out);
        foreach (var flag in OperatorFlags.All) Assert.Contains(flag.Name, fixture.Out);
        Assert.Contains("[<pattern> [<targets>...]]", fixture.Out);
        Assert.Contains("literal | regex | word", fixture.Out);
        Assert.Contains("Examples:", fixture.Out);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("help")]
    [InlineData]
    public void HelpOfTheProgram_ListsTheCommands(params string[] line)
    {
        using var fixture = new CommandFixture { IsTerminal = true };
        Assert.Equal(ExitCodes.Done, fixture.Run(line));
        foreach (var command in new[] { "probe", "serve", "doctor", "init" }) Assert.Contains($"  {command} ", fixture.Out);
    }

    [Theory]
    [InlineData("probe --m", "--mode")]
    [InlineData("probe --mode ", "regex")]
    [InlineData("d", "doctor")]
    public void Completions_OfferWhatFits(string line, string expected)
    {
        using var fixture = new CommandFixture();
        Assert.Equal(ExitCodes.Done, fixture.Run($"[suggest:{line.Length}]", line));
        Assert.Contains(expected, fixture.Out.Split('\n'));
    }

    [Fact]
    public void Help_NeedsNoConfigurationInOrder()
    {
        using var fixture = new CommandFixture();
        fixture.File("home/.config/rlm-mcp/config.json", "{");
        Assert.Equal(ExitCodes.Done, fixture.Run("probe", "--help"));
        Assert.Equal(ExitCodes.Done, fixture.Run("probe", "--zzz", "--version"));
        Assert.EndsWith($"rlm-mcp {ProgramVersion.Text}\n", fixture.Out);
    }

    [Fact]
    public void Flags_WithOneName_TakeValuesAlikeInAllCommands()
    {
        var all = new CommandLine(ToolSet.Definitions, ToolSet.Create, _ => 0).Commands.SelectMany(command => command.Options).ToList();
        foreach (var same in all.GroupBy(option => option.Name)) Assert.Single(same.Select(option => option is Option<bool>).Distinct());
        Assert.Empty(all.Select(option => option.Name).Intersect(OperatorFlags.All.Select(flag => flag.Name)));
    }
}
