using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Rlm.Recursion.Models.Cli;

/// <summary>Runs a command-line agent once: under the guard, in an empty folder of its own, with a few variables of the environment, the prompt on stdin.</summary>
internal static class CliProcess
{
    /// <summary>Tells programs below that they run inside a sub-agent, and how deep.</summary>
    public const string DepthMark = "RLM_MCP_DEPTH";

    private const int LargestOutput = 8 << 20, LargestComplaint = 64 << 10;
    private static readonly string[] HandedOn = ["PATH", "HOME", "LANG", "USER", "DOTNET_ROOT"];

    /// <summary>What came of a run.</summary>
    /// <param name="ExitCode">The agent's.</param>
    /// <param name="Output">Its stdout.</param>
    /// <param name="Complaint">The beginning of its stderr.</param>
    public sealed record Result(int ExitCode, string Output, string Complaint);

    /// <summary>The absolute path of a program, from the folders of PATH that are absolute themselves; null when it is in none.</summary>
    public static string? Find(CliHost host, string program) => host.Environment.GetValueOrDefault("PATH", "").Split(Path.PathSeparator)
        .Where(Path.IsPathFullyQualified).SelectMany(folder => OperatingSystem.IsWindows() ? new[] { program + ".exe", program + ".cmd" }.Select(name => Path.Combine(folder, name)) : [Path.Combine(folder, program)])
        .FirstOrDefault(File.Exists);

    /// <summary>Runs it to its end. Cancelling ends it and all that it started, within two seconds.</summary>
    /// <param name="host">The machine.</param>
    /// <param name="command">Absolute path and arguments.</param>
    /// <param name="variables">For this agent, over those that are handed on; null values are left out. <c>{folder}</c> in a value stands for its folder.</param>
    /// <param name="files">Written into its folder before it starts, by name.</param>
    /// <param name="prompt">For its stdin.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ModelFaultException">It could not be started, or its output is too long.</exception>
    public static async Task<Result> RunAsync(CliHost host, IReadOnlyList<string> command, IEnumerable<(string Name, string? Value)> variables, IEnumerable<(string Name, string Text)> files, string prompt, CancellationToken cancellationToken)
    {
        var folder = host.TemporaryFolder is { } parent ? Directory.CreateDirectory(Path.Combine(parent, "rlm-mcp-" + Guid.NewGuid().ToString("N"))) : Directory.CreateTempSubdirectory("rlm-mcp-");
        try
        {
            // Where its folder lies open to others, as a given parent may, at least this one does not.
            if (!OperatingSystem.IsWindows()) folder.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            // Beside its working folder and not in it: that one is empty.
            var work = folder.CreateSubdirectory("work");
            foreach (var (name, text) in files) await File.WriteAllTextAsync(Path.Combine(folder.FullName, name), text, cancellationToken).ConfigureAwait(false);
            using var process = Start(host, command, variables, folder.FullName, work.FullName);
            return await TalkAsync(process, prompt, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Remove(folder);
        }
    }

    private static Process Start(CliHost host, IReadOnlyList<string> command, IEnumerable<(string Name, string? Value)> variables, string folder, string work)
    {
        var start = new ProcessStartInfo(host.Guard[0]) { WorkingDirectory = work, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in host.Guard.Skip(1).Concat(command)) start.ArgumentList.Add(argument);
        start.Environment.Clear();
        foreach (var name in HandedOn)
            if (host.Environment.TryGetValue(name, out var value)) start.Environment[name] = value;
        start.Environment["TERM"] = "dumb";
        start.Environment["NO_COLOR"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment[DepthMark] = "1";
        foreach (var (name, value) in variables)
            if (value is not null) start.Environment[name] = value.Replace("{folder}", folder, StringComparison.Ordinal);
        foreach (var (name, value) in host.Extra) start.Environment[name] = value;
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new ModelFaultException(ModelFaultKind.Refused, $"{Path.GetFileName(command[0])} could not be started.", exception);
        }
    }

    private static async Task<Result> TalkAsync(Process process, string prompt, CancellationToken cancellationToken)
    {
        try
        {
            var output = ReadAsync(process.StandardOutput.BaseStream, LargestOutput, cutAtLimit: false, cancellationToken);
            var complaint = ReadAsync(process.StandardError.BaseStream, LargestComplaint, cutAtLimit: true, cancellationToken);
            await TellAsync(process, prompt, cancellationToken).ConfigureAwait(false);
            var (said, complained) = (await output.ConfigureAwait(false), await complaint.ConfigureAwait(false));
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            return new(process.ExitCode, said, complained);
        }
        finally
        {
            await EndAsync(process).ConfigureAwait(false);
        }
    }

    private static async Task TellAsync(Process process, string prompt, CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(prompt);
        var input = process.StandardInput.BaseStream;
        try
        {
            await input.WriteAsync(Encoding.ASCII.GetBytes(bytes.Length.ToString(CultureInfo.InvariantCulture) + "\n"), cancellationToken).ConfigureAwait(false);
            await input.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
            await input.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The guard ended; its exit code says what it was.
        }
    }

    private static async Task<string> ReadAsync(Stream stream, int limit, bool cutAtLimit, CancellationToken cancellationToken)
    {
        var text = new ArrayBufferWriter<byte>(4096);
        var rest = new byte[4096];
        while (true)
        {
            var isFull = text.WrittenCount >= limit;
            var read = await stream.ReadAsync(isFull ? rest : text.GetMemory(4096), cancellationToken).ConfigureAwait(false);
            if (read == 0) return Encoding.UTF8.GetString(text.WrittenSpan);
            if (isFull && !cutAtLimit) throw new ModelFaultException(ModelFaultKind.Broken, $"The agent wrote more than {limit >> 20} MiB.") { MayHaveCost = true };
            if (!isFull) text.Advance(read);
        }
    }

    // Closing the pipe is what the guard waits for. It needs at most a second; after two nothing is left to be polite to.
    private static async Task EndAsync(Process process)
    {
        try
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync(CancellationToken.None).WaitAsync(TimeSpan.FromMilliseconds(1500)).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is TimeoutException or IOException)
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static void Remove(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The system's own cleaning of temporary files takes what is left.
        }
    }
}
