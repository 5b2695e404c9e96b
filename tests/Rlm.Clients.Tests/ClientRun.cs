using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Rlm.Clients.Tests;

/// <summary>How a program ended: its exit code (-1 = killed after the time limit) and all it wrote.</summary>
internal sealed record Outcome(int Code, string Output);

/// <summary>Runs programs with a closed stdin and a time limit that kills the whole tree.</summary>
internal static class ClientRun
{
    /// <param name="file">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">Where it starts.</param>
    /// <param name="environment">All of its environment but PATH; null = ours.</param>
    /// <param name="limit">Then it is killed.</param>
    public static async Task<Outcome> RunAsync(string file, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string>? environment, TimeSpan limit)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        if (environment is not null) Replace(start.Environment, environment);
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = new StringBuilder();
        var reading = Task.WhenAll(KeepAsync(process.StandardOutput, output), KeepAsync(process.StandardError, output));
        using var late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(limit);
        var killed = false;
        try
        {
            await process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            killed = true;
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
        await Task.WhenAny(reading, Task.Delay(TimeSpan.FromSeconds(5), CancellationToken.None)); // a grandchild may hold the pipe
        lock (output) return new(killed ? -1 : process.ExitCode, output.ToString());
    }

    /// <summary>Where .NET is, for programs that are started without our environment.</summary>
    public static string DotnetRoot { get; } = Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } given ? given : Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    private static void Replace(IDictionary<string, string?> target, IReadOnlyDictionary<string, string> wanted)
    {
        string[] kept = ["PATH", "SystemRoot", "TEMP", "TMP", "COMSPEC", "PATHEXT"];
        foreach (var name in target.Keys.Where(name => !kept.Contains(name, StringComparer.OrdinalIgnoreCase)).ToList()) target.Remove(name);
        foreach (var (name, value) in wanted) target[name] = value;
    }

    private static async Task KeepAsync(StreamReader reader, StringBuilder output)
    {
        while (await reader.ReadLineAsync(CancellationToken.None) is { } line)
            lock (output) output.AppendLine(line);
    }
}
