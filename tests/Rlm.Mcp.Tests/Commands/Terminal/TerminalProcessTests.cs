using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Rlm.Mcp.Tests.Commands.Terminal;

/// <summary>The built program on a real terminal (a pseudo-terminal of <c>script</c>), with a model on loopback that answers when it is told to.</summary>
public sealed partial class TerminalProcessTests : IDisposable
{
    private const string Reply = """{"id":"x","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"finish_reason":"tool_calls","message":{"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"answer","arguments":"{\"content\":\"It is in a.txt.\",\"ready\":true}"}}]}}],"usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}}""";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rlm-terminal-");
    private readonly HttpListener _model = new();
    private readonly string _address = $"http://127.0.0.1:{Random.Shared.Next(20_000, 60_000)}";

    public TerminalProcessTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "root"));
        File.WriteAllText(Path.Combine(_folder.FullName, "root", "a.txt"), "needle\n");
        _model.Prefixes.Add(_address + "/");
        _model.Start();
    }

    public void Dispose()
    {
        _model.Close();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Ask_ShowsItsSessionWhileItWaits_AndLeavesOnlyTheAnswer()
    {
        using var process = Start("TERM=xterm-256color", $"ask 'where is the needle?' --mode agent --model openai:m@{_address}/v1");
        var asked = await _model.GetContextAsync();
        var seen = await ReadUntilAsync(process, "0 tokens");
        Assert.Matches(@"[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] agent · \d of \d+ calls · 0 tokens · .* s · where is the needle\?", seen);
        await AnswerAsync(asked);
        var rest = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        // The last erasing of the display comes before the answer.
        Assert.Contains("It is in a.txt.", rest[(rest.LastIndexOf("\u001b[2K", StringComparison.Ordinal) + 1)..]);
        Assert.Matches(@"session s-\w+ · complete · 1 of \d+ calls, 15 of", rest);
    }

    [Fact]
    public async Task Ask_OnATerminalWithoutCursorControl_ShowsOnlyTheAnswer()
    {
        using var process = Start("TERM=dumb", $"ask 'where is the needle?' --mode agent --model openai:m@{_address}/v1");
        await AnswerAsync(await _model.GetContextAsync());
        var all = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Contains("It is in a.txt.", all);
        Assert.DoesNotContain("⠋", all);
    }

    [Fact]
    public async Task Colours_AreNotUsedUnderNoColor()
    {
        using var process = Start("TERM=xterm-256color NO_COLOR=1 COLUMNS=80", "sessions");
        Assert.DoesNotMatch(ColourPattern(), await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    private Process Start(string environment, string line)
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/script")) Assert.Skip("needs the program script of Linux, for a pseudo-terminal");
        var program = Path.Combine(AppContext.BaseDirectory, "rlm-mcp");
        var command = $"cd '{Path.Combine(_folder.FullName, "root")}' && exec env {environment} '{program}' {line}";
        var start = new ProcessStartInfo("/usr/bin/script", ["-q", "-e", "-c", command, "/dev/null"]) { RedirectStandardInput = true, RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8 };
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        foreach (var (name, value) in new[] { ("HOME", _folder.FullName), ("OPENAI_API_KEY", "none"), ("XDG_CACHE_HOME", Path.Combine(_folder.FullName, "cache")) }) start.Environment[name] = value;
        foreach (var name in new[] { "RLM_LAUNCHER", "NO_COLOR", "COLUMNS", "CLAUDE_PROJECT_DIR" }) start.Environment.Remove(name);
        return Process.Start(start)!;
    }

    private static async Task<string> ReadUntilAsync(Process process, string wanted)
    {
        var (seen, buffer) = (new StringBuilder(), new char[4_096]);
        while (!seen.ToString().Contains(wanted, StringComparison.Ordinal))
        {
            var count = await process.StandardOutput.ReadAsync(buffer, TestContext.Current.CancellationToken);
            Assert.True(count > 0, seen.ToString());
            seen.Append(buffer, 0, count);
        }
        return seen.ToString() + new string(buffer, 0, await process.StandardOutput.ReadAsync(buffer, TestContext.Current.CancellationToken));
    }

    private static async Task AnswerAsync(HttpListenerContext asked)
    {
        asked.Response.ContentType = "application/json";
        await asked.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(Reply), TestContext.Current.CancellationToken);
        asked.Response.Close();
    }

    [GeneratedRegex(@"\u001b\[[0-9;]*[13][0-9]m")]
    private static partial Regex ColourPattern();
}
