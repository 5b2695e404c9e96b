using System.Text.Json.Nodes;
using Rlm.Recursion.Programs.HostCalls;
using Rlm.Recursion.Programs.Workers;

namespace Rlm.Recursion.Programs;

/// <summary>What a session has between its programs: a warm worker, its open lists, its plain variables. One program at a time.</summary>
internal sealed class SessionWorker : IDisposable
{
    /// <summary>Keeps other processes off the session's variables; null where the session is at work, which does the same.</summary>
    public IDisposable? Right { get; set; }

    /// <summary>Null before the first program, and after one that ended it.</summary>
    public IProgramWorker? Worker { get; set; }

    /// <summary>Lists that programs of it have not read to their end; they go with the worker.</summary>
    public OpenRows Rows { get; set; } = new();

    /// <summary>Variables as last kept; null where nothing has been.</summary>
    public JsonObject? Kept { get; set; }

    /// <summary>Names of variables that go with the worker.</summary>
    public IReadOnlyList<string> Lost { get; set; } = [];

    /// <summary>When it was used last, on the clock of the runner.</summary>
    public long Used { get; set; }

    /// <summary>Ends the worker; what is kept stays.</summary>
    public void EndWorker()
    {
        Worker?.Dispose();
        Worker = null;
        Rows.Dispose();
        Rows = new();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        EndWorker();
        Right?.Dispose();
    }
}
