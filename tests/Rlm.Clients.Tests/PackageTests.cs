using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Rlm.Clients.Tests;

/// <summary>The package as a user gets it, from a feed that is a folder: installed as a tool, and run without installing.</summary>
public sealed class PackageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rlm-package-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Package_InstallsAsATool_AndRunsByDnx_AndServes()
    {
        var feed = Path.Combine(_folder, "feed");
        await Dotnet("pack", Path.Combine(Sources(), "src", "Rlm.Mcp"), "-c", "Debug", "--no-build", "-v", "quiet", $"-p:PackageOutputPath={feed}");
        Assert.Equal("Rlm.Mcp.0.1.0.nupkg", Path.GetFileName(Assert.Single(Directory.GetFiles(feed))));
        await Dotnet("tool", "install", "Rlm.Mcp", "--tool-path", Path.Combine(_folder, "tools"), "--source", feed);
        var tool = Path.Combine(_folder, "tools", OperatingSystem.IsWindows() ? "rlm-mcp.exe" : "rlm-mcp");
        Assert.Equal("rlm-mcp 0.1.0", (await Run(tool, ["--version"], "")).Trim());
        Assert.Equal("rlm-mcp 0.1.0", (await Dotnet("dnx", "Rlm.Mcp@0.1.0", "--source", feed, "--yes", "--", "--version")).Trim());
        const string hello = """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}""";
        const string list = """{"jsonrpc":"2.0","id":2,"method":"tools/list"}""";
        foreach (var served in (string[])[await Run(tool, ["serve", "--root", _folder], $"{hello}\n{list}\n"), await Dotnet(["dnx", "Rlm.Mcp@0.1.0", "--source", feed, "--yes", "--", "serve", "--root", _folder], $"{hello}\n{list}\n")])
        {
            var lines = served.Trim().Split('\n').Select(line => JsonNode.Parse(line)!).ToArray();
            Assert.Equal("0.1.0", (string)lines[0]["result"]!["serverInfo"]!["version"]!);
            Assert.Contains(lines[1]["result"]!["tools"]!.AsArray(), one => (string)one!["name"]! == "refs");
        }
    }

    private Task<string> Dotnet(params string[] arguments) => Dotnet(arguments, "");

    private Task<string> Dotnet(string[] arguments, string input) => Run(Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet", arguments, input);

    // Packages go where no other version of ours lies, and nothing is asked of a feed elsewhere.
    private async Task<string> Run(string program, string[] arguments, string input)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = _folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        (start.Environment["NUGET_PACKAGES"], start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"], start.Environment["DOTNET_NOLOGO"]) = (arguments[0] == "pack" ? null : Path.Combine(_folder, "packages"), "1", "1");
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(5));
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {await output}{await errors}");
        return await output;
    }

    private static string Sources()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Rlm.Mcp.sln"))) folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("the sources are not above the tests");
        return folder;
    }
}
