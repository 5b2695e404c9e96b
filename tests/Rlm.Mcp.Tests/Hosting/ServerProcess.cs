using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace Rlm.Mcp.Tests.Hosting;

/// <summary>The real <c>rlm-mcp serve</c> over a small repository of its own, with everything it writes kept.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly StringBuilder _errors = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("rlm-serve-").FullName;
    private readonly Task _readingErrors;

    /// <param name="arguments">After <c>serve</c>; absent = with the small repository as root.</param>
    /// <param name="environment">Variables to set; <c>{repo}</c> stands for the repository's path.</param>
    /// <param name="readOutput">False: leave stdout unread, as a client that hangs.</param>
    public ServerProcess(string[]? arguments = null, IReadOnlyDictionary<string, string>? environment = null, bool readOutput = true)
    {
        File.WriteAllText(Path.Combine(_folder, "Pump.cs"), "namespace Works;\n\npublic class Pump\n{\n    public int Run(int n) => n + 1;\n}\n");
        File.WriteAllText(Path.Combine(_folder, "README.md"), "# Pump\n\nIt pumps.\n");
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "rlm-mcp.exe" : "rlm-mcp"))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = new UTF8Encoding(false, throwOnInvalidBytes: true),
            WorkingDirectory = _folder,
        };
        foreach (var argument in (string[])["serve", .. arguments ?? ["--root", _folder]]) start.ArgumentList.Add(argument);
        start.Environment.Remove("CLAUDE_PROJECT_DIR");
        start.Environment.Remove("RLM_MCP_ROOT");
        start.Environment["RLM_TEST_MARK"] = Mark;
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value.Replace("{repo}", _folder, StringComparison.Ordinal);
        _process = Process.Start(start)!;
        _readingErrors = Task.Run(async () =>
        {
            while (await _process.StandardError.ReadLineAsync() is { } line)
                lock (_errors) _errors.AppendLine(line);
        });
        if (readOutput) _ = Task.Run(ReadOutputAsync);
    }

    /// <summary>Set in the environment of the process and of everything it starts.</summary>
    public string Mark { get; } = Guid.NewGuid().ToString("N");

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public string Errors
    {
        get
        {
            lock (_errors) return _errors.ToString();
        }
    }

    public void Send(string line)
    {
        _process.StandardInput.Write(line + "\n");
        _process.StandardInput.Flush();
    }

    public void Send(ReadOnlySpan<byte> bytes)
    {
        _process.StandardInput.BaseStream.Write(bytes);
        _process.StandardInput.BaseStream.Flush();
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => _process.StandardInput.BaseStream.WriteAsync(bytes, cancellationToken);

    public void EndInput() => _process.StandardInput.Close();

    public void CloseOutput() => _process.StandardOutput.Close();

    public void Signal(int signal) => Assert.Equal(0, kill(_process.Id, signal));

    /// <summary>The next message on stdout; anything on it that is no JSON-RPC message fails the test.</summary>
    public async Task<JsonObject> NextAsync()
    {
        var line = await _lines.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Scale.Patience, TestContext.Current.CancellationToken);
        return Parse(line);
    }

    public async Task<JsonObject> AskAsync(string line)
    {
        Send(line);
        return await NextAsync();
    }

    /// <summary>Waits for the end and gives the exit code and what was left on stdout.</summary>
    public async Task<(int Code, TimeSpan Took, IReadOnlyList<JsonObject> Left)> ExitAsync(TimeSpan limit)
    {
        var watch = Stopwatch.StartNew();
        using var late = new CancellationTokenSource(limit + TimeSpan.FromSeconds(10));
        await _process.WaitForExitAsync(late.Token);
        var took = watch.Elapsed;
        await _readingErrors.WaitAsync(Scale.Patience, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("   at ", Errors, StringComparison.Ordinal);
        var rest = new List<JsonObject>();
        while (_lines.Reader.TryRead(out var line)) rest.Add(Parse(line));
        Assert.True(took <= limit, $"took {took} to exit");
        return (_process.ExitCode, took, rest);
    }

    /// <summary>Processes that are still there of those it started; Linux only, elsewhere none.</summary>
    public IReadOnlyList<string> Leftovers() => !OperatingSystem.IsLinux() ? [] : [.. Directory.EnumerateDirectories("/proc").Where(IsMarked)];

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private bool IsMarked(string process)
    {
        try
        {
            return char.IsAsciiDigit(Path.GetFileName(process)[0]) && File.ReadAllText(Path.Combine(process, "environ")).Contains(Mark, StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static JsonObject Parse(string line)
    {
        var message = Assert.IsType<JsonObject>(JsonNode.Parse(line));
        Assert.Equal("2.0", message["jsonrpc"]!.GetValue<string>());
        return message;
    }

    private async Task ReadOutputAsync()
    {
        try
        {
            while (await _process.StandardOutput.ReadLineAsync() is { } line) await _lines.Writer.WriteAsync(line);
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException or InvalidOperationException)
        {
        }
        _lines.Writer.TryComplete();
    }

#pragma warning disable SYSLIB1054 // The source-generated form needs unsafe code for one call in a test.
    [DllImport("libc")]
    private static extern int kill(int process, int signal);
#pragma warning restore SYSLIB1054
}
