using System.Diagnostics;

namespace Rlm.Benchmarks;

/// <summary>Starts programs for whole-process figures.</summary>
internal static class Programs
{
    /// <summary>Runs a program to its end, its output read and dropped; gives the exit code.</summary>
    public static int Run(string folder, string program, params string[] arguments)
    {
        using var process = Start(folder, program, arguments);
        process.StandardInput.Close();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>Runs a program to its end and gives what it wrote to its standard output.</summary>
    public static byte[] Output(string folder, string program, IReadOnlyList<string> arguments)
    {
        using var process = Start(folder, program, [.. arguments]);
        process.StandardInput.Close();
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        return output.ToArray();
    }

    /// <summary>Starts a program with all streams at hand.</summary>
    public static Process Start(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>The program as <c>./rlm</c> runs it, built if need be.</summary>
    public static string Rlm()
    {
        var root = RepositoryRoot();
        Run(root, Path.Join(root, OperatingSystem.IsWindows() ? "rlm.cmd" : "rlm"), "--version");
        var builds = Path.Join(root, "artifacts", "rlm", "builds");
        return Path.Join(builds, File.ReadAllText(Path.Join(builds, "current")).Trim(), OperatingSystem.IsWindows() ? "rlm-mcp.exe" : "rlm-mcp");
    }

    /// <summary>True when a program of that name is on the path.</summary>
    public static bool Has(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Join(folder, name)) || File.Exists(Path.Join(folder, name + ".exe")));

    /// <summary>The folder of the solution.</summary>
    public static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Join(folder, "Rlm.Mcp.sln"))) folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("no Rlm.Mcp.sln above the benchmarks");
        return folder;
    }
}
