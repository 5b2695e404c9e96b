using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Rlm.Mcp.Tests.Commands;

/// <summary>The built program itself, as a process.</summary>
public class ExecutableTests
{
    [Fact]
    public async Task Help_GoesToStdout()
    {
        var (code, output, error) = await Run("--help");
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("rlm-mcp [command] [options]", output);
    }

    [Fact]
    public async Task Version_IsOneLine()
    {
        var (code, output, _) = await Run("--version");
        Assert.Equal(0, code);
        Assert.Matches(new Regex(@"^rlm-mcp \d+\.\d+\.\d+\S*\n$"), output);
    }

    [Fact]
    public async Task UnknownFlag_ExitsWithTwo()
    {
        var (code, output, error) = await Run("doctor", "--jsn");
        Assert.Equal((2, ""), (code, output));
        Assert.Contains("Did you mean --json", error);
    }

    [Fact]
    public async Task ClosedPipe_IsNoError()
    {
        if (OperatingSystem.IsWindows()) return;
        var (code, output, error) = await Run(Start("/bin/sh", "-c", $"'{Program}' --help | true; '{Program}' --help | head -n 1; echo done"));
        Assert.Equal((0, ""), (code, error));
        Assert.EndsWith("done\n", output);
    }

    [Fact]
    public async Task FullDisk_IsAFailure()
    {
        if (!File.Exists("/dev/full")) return;
        var (code, output, error) = await Run(Start("/bin/sh", "-c", $"'{Program}' --help > /dev/full; echo $?"));
        Assert.Equal((0, "1\n"), (code, output));
        Assert.StartsWith("rlm-mcp: ", error);
    }

    private static string Program => Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "rlm-mcp.exe" : "rlm-mcp");

    private static Task<(int Code, string Output, string Error)> Run(params string[] arguments) => Run(Start(Program, arguments));

    private static ProcessStartInfo Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        start.Environment.Remove("RLM_LAUNCHER");
        return start;
    }

    private static async Task<(int, string, string)> Run(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return (process.ExitCode, await output, await error);
    }
}
