using System.Diagnostics;
using System.Globalization;
using Rlm.Recursion.Models.Cli;

namespace Rlm.Recursion.Tests.Models.Cli;

/// <summary>A machine with a scripted command-line agent in PATH: a shell script under an agent's name. Only where there is a shell.</summary>
internal sealed class CliMachine : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rlm-cli-");

    public CliMachine(string program, string script)
    {
        Temporary = _folder.CreateSubdirectory("tmp").FullName;
        var file = Path.Combine(_folder.CreateSubdirectory("bin").FullName, program);
        File.WriteAllText(file, "#!/bin/bash\n" + script.ReplaceLineEndings("\n").Replace("{pids}", Pids, StringComparison.Ordinal));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string Temporary { get; }

    public Dictionary<string, string> Extra { get; } = [];

    public string Pids => Path.Combine(_folder.FullName, "pids");

    public CliHost Host => new()
    {
        Guard = Guard,
        Environment = new Dictionary<string, string>
        {
            ["PATH"] = $"relative:{Path.Combine(_folder.FullName, "bin")}:{Environment.GetEnvironmentVariable("PATH")}", ["HOME"] = _folder.FullName,
            ["ANTHROPIC_API_KEY"] = "sk-not-for-agents", ["SECRET"] = "x", ["DOTNET_ROOT"] = Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? "",
        }.Where(variable => variable.Value.Length > 0).ToDictionary(),
        Extra = Extra,
        TemporaryFolder = Temporary,
    };

    /// <summary>This test program as the guard.</summary>
    public static IReadOnlyList<string> Guard { get; } = Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet" ? [Environment.ProcessPath!, typeof(CliMachine).Assembly.Location, "__guard", "--"] : [Environment.ProcessPath!, "__guard", "--"];

    /// <summary>Waits until the script has written so many process ids.</summary>
    public async Task<IReadOnlyList<int>> PidsAsync(int count)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started).TotalSeconds < 20)
        {
            var lines = File.Exists(Pids) ? await File.ReadAllLinesAsync(Pids) : [];
            if (lines.Length >= count) return [.. lines.Select(line => int.Parse(line, CultureInfo.InvariantCulture))];
            await Task.Delay(10);
        }
        throw new TimeoutException("the scripted agent did not start");
    }

    /// <summary>How long until none of the processes is left; at most five seconds.</summary>
    public static async Task<double> GoneAfterAsync(IReadOnlyList<int> ids)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (ids.Any(IsAlive) && TimeProvider.System.GetElapsedTime(started).TotalSeconds < 5) await Task.Delay(10);
        return TimeProvider.System.GetElapsedTime(started).TotalSeconds;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static bool IsAlive(int id)
    {
        try
        {
            return !File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
