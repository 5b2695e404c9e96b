using System.Globalization;
using System.Text.Json.Nodes;
using Rlm.Recursion.Programs.Workers;

namespace Rlm.Recursion.Programs.BuiltIn;

/// <summary>Our own interpreter, in a worker started from our own executable: the language has no way out, and on Linux a filter of system calls stands around it.</summary>
internal sealed class BuiltInEngine(ProgramOptions options) : IProgramEngine
{
    /// <inheritdoc/>
    public string Name => "builtin";

    /// <inheritdoc/>
    public string? WhyNot => options.BuiltIn is null ? "this process knows no executable of its own to start" : null;

    /// <inheritdoc/>
    public string Trial => "sum([n * n for n in range(4)])";

    /// <inheritdoc/>
    public WorkerStart Start()
    {
        var environment = new Dictionary<string, string>(options.BuiltInEnvironment)
        {
            ["DOTNET_GCHeapHardLimit"] = options.Limits.MemoryBytes.ToString("x", CultureInfo.InvariantCulture),
            // Neither debuggers nor a second view of code pages, both of which take files and sockets; and none of their time.
            ["DOTNET_EnableDiagnostics"] = "0", ["DOTNET_EnableWriteXorExecute"] = "0", ["DOTNET_gcConcurrent"] = "0", ["DOTNET_TieredPGO"] = "0",
        };
        return new(options.BuiltIn!, environment, new JsonObject());
    }

    /// <inheritdoc/>
    public string? Judge(Worker worker, ProgramReport trial) => trial.Error is { } error ? $"its trial failed ({error.Type}: {error.Message})" : trial.Value == "14" ? null : "its trial gave a wrong answer";

    /// <inheritdoc/>
    public string Isolation(Worker worker) => worker.IsFiltered ? "its language, a process of its own, seccomp" : "its language and a process of its own (no filter of system calls on this system)";
}
