using System.Text.Json.Nodes;
using Rlm.Mcp.Commands;

namespace Rlm.Mcp.Tests.Commands;

public class DoctorCommandTests
{
    [Fact]
    public void UsableRoot_ExitsWithZero()
    {
        using var fixture = new CommandFixture();
        Assert.Equal(ExitCodes.Done, fixture.Run("doctor"));
        Assert.Contains($"{fixture.Root} (chosen by the start folder)", fixture.Out);
        Assert.Contains("nothing", fixture.Out);
        Assert.EndsWith("Usable.\n", fixture.Out);
        Assert.Empty(Directory.GetFileSystemEntries(fixture.Root));
    }

    [Fact]
    public void HomeAsRoot_IsBrokenAndSaysHowToMendIt()
    {
        using var fixture = new CommandFixture();
        Assert.Equal(ExitCodes.NotAvailable, fixture.Run("doctor", "--root", fixture.Home, "--json"));
        var report = JsonNode.Parse(fixture.Out)!;
        var root = report["findings"]!.AsArray().Single(finding => (string)finding!["name"]! == "root")!;
        Assert.Equal((false, "broken"), ((bool)report["usable"]!, (string)root["health"]!));
        Assert.Contains("--allow-broad-root", (string)root["mend"]!);
    }

    [Fact]
    public void Files_AreCountedWithWhatIsLeftOut()
    {
        using var fixture = new CommandFixture();
        fixture.File("root/.gitignore", "*.log\n");
        fixture.File("root/a.log", "x");
        fixture.File("root/b.txt", "x");
        fixture.File("root/.env", "x");
        Assert.Equal(ExitCodes.Done, fixture.Run("doctor"));
        Assert.Contains("2 covered; skipped: 1 ignored, 1 secret", fixture.Out);
    }

    [Theory]
    [InlineData(false, "the system tells of every edit (2 folders watched)")]
    [InlineData(true, "edits are found by looking at the stamp of every file")]
    public void Watch_SaysHowEditsAreNoticed(bool isPortable, string expected)
    {
        using var fixture = new CommandFixture();
        fixture.File("root/below/a.txt", "x");
        Assert.Equal(ExitCodes.Done, fixture.Run(["doctor", .. isPortable ? ["--portable"] : Array.Empty<string>()]));
        Assert.Contains(OperatingSystem.IsLinux() ? expected : "edits are found", fixture.Out);
    }

    [Fact]
    public void CacheBelowTheRoot_IsBroken()
    {
        using var fixture = new CommandFixture();
        Assert.Equal(ExitCodes.NotAvailable, fixture.Run("doctor", "--cache", "cache"));
        Assert.Contains("nothing is ever written", fixture.Out);
    }

    [Fact]
    public void Keys_AreNamedAndNeverShown()
    {
        using var fixture = new CommandFixture();
        fixture.Variables["OPENAI_API_KEY"] = "sk-secret";
        fixture.Run("doctor");
        Assert.Contains("OPENAI_API_KEY set", fixture.Out);
        Assert.DoesNotContain("sk-secret", fixture.Out);
        Assert.DoesNotContain("ANTHROPIC_API_KEY set", fixture.Out);
    }

    [Fact]
    public void Client_IsFoundWithItsVersionAndNotStarted()
    {
        if (OperatingSystem.IsWindows()) return;
        using var fixture = new CommandFixture();
        fixture.File("npm/lib/node_modules/@anthropic-ai/claude-code/package.json", """{"version":"9.8.7"}""");
        var program = fixture.File("npm/lib/node_modules/@anthropic-ai/claude-code/cli.js", $"#!/bin/sh\ntouch '{fixture.Folder}/started'\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Directory.CreateDirectory(Path.Combine(fixture.Folder, "npm/bin"));
        File.CreateSymbolicLink(Path.Combine(fixture.Folder, "npm/bin/claude"), "../lib/node_modules/@anthropic-ai/claude-code/cli.js");
        var planted = fixture.File("root/claude", "");
        File.SetUnixFileMode(planted, UnixFileMode.UserExecute);
        fixture.Variables["PATH"] = $"{Path.GetRelativePath(Path.GetFullPath("."), fixture.Root)}:{fixture.Folder}/npm/bin"; // a relative entry may lie in the repository
        fixture.Run("doctor");
        Assert.Contains("Claude Code 9.8.7 at", fixture.Out);
        Assert.False(File.Exists(Path.Combine(fixture.Folder, "started")));
    }

    [Theory]
    [InlineData("share/claude/versions/2.1.3", "2.1.3")]
    [InlineData("share/tool-4.5/run", null)]
    public void Version_IsReadFromThePathWhereThereIsNoPackage(string path, string? expected)
    {
        using var fixture = new CommandFixture();
        Assert.Equal(expected, ProgramFinder.VersionOf(fixture.File(path, "")));
    }

    [Fact]
    public void CacheThatCannotBeWritten_IsMissingWithItsRemedy()
    {
        using var fixture = new CommandFixture();
        fixture.File("file", "");
        Assert.Equal(ExitCodes.Done, fixture.Run("doctor", "--cache", "../file/below"));
        Assert.Contains("not writable", fixture.Out);
        Assert.Contains("to mend: choose another folder with --cache DIR", fixture.Out);
    }
}
