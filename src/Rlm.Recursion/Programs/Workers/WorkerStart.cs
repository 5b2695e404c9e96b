using System.Text.Json.Nodes;

namespace Rlm.Recursion.Programs.Workers;

/// <summary>How a worker is started.</summary>
/// <param name="Command">Absolute path and arguments.</param>
/// <param name="Environment">All of its environment.</param>
/// <param name="Message">What its first line says besides the functions and limits.</param>
internal sealed record WorkerStart(IReadOnlyList<string> Command, IReadOnlyDictionary<string, string> Environment, JsonObject Message)
{
    /// <summary>What ends the worker besides ending the process that was started; null for nothing.</summary>
    public IReadOnlyList<string>? EndCommand { get; init; }
}
