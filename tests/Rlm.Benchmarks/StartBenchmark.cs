using System.Diagnostics;

namespace Rlm.Benchmarks;

/// <summary>Process start to the answer of <c>initialize</c>, in turn with an empty program built the same way (ReadyToRun, framework-dependent).</summary>
internal static class StartBenchmark
{
    private const string Initialize =
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"bench","version":"0"}}}""";

    public static int Run(string folder)
    {
        var rlm = Programs.Rlm();
        using var empty = new EmptyProgram();
        var memory = 0L;
        Pairs.ReportTimed("start to initialize", 15, ("rlm-mcp serve", () => ToFirstAnswer(folder, rlm, out memory)), ("empty program, start to end", () => Pairs.Time(() => Programs.Run(folder, empty.Path))));
        Console.Error.WriteLine($"resident after initialize: {memory / 1e6:f0} MB");
        return 0;
    }

    private static double ToFirstAnswer(string folder, string rlm, out long memory)
    {
        var started = Stopwatch.GetTimestamp();
        using var server = Programs.Start(folder, rlm, "serve", "--root", folder);
        server.StandardInput.WriteLine(Initialize);
        server.StandardInput.Flush();
        server.StandardOutput.ReadLine();
        var time = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        server.Refresh();
        memory = server.WorkingSet64;
        server.StandardInput.Close();
        server.WaitForExit();
        return time;
    }

    private sealed class EmptyProgram : IDisposable
    {
        private readonly string _folder = System.IO.Path.Join(System.IO.Path.GetTempPath(), "rlm-empty-" + Guid.NewGuid().ToString("n")[..8]);

        public EmptyProgram()
        {
            Directory.CreateDirectory(_folder);
            File.WriteAllText(System.IO.Path.Join(_folder, "empty.csproj"),
                """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><InvariantGlobalization>true</InvariantGlobalization></PropertyGroup></Project>""");
            File.WriteAllText(System.IO.Path.Join(_folder, "Program.cs"), "return 0;");
            if (Programs.Run(_folder, "dotnet", "publish", "-c", "Release", "--ucr", "-p:SelfContained=false", "-p:PublishReadyToRun=true", "-o", System.IO.Path.Join(_folder, "out")) != 0)
                throw new InvalidOperationException("the empty program does not build");
        }

        public string Path => System.IO.Path.Join(_folder, "out", OperatingSystem.IsWindows() ? "empty.exe" : "empty");

        public void Dispose() => Directory.Delete(_folder, recursive: true);
    }
}
