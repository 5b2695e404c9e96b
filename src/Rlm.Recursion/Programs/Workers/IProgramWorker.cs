using System.Text.Json.Nodes;

namespace Rlm.Recursion.Programs.Workers;

/// <summary>A process that runs programs one after the other; its variables stay between them. Not for several threads at once.</summary>
internal interface IProgramWorker : IDisposable
{
    /// <summary><c>cpython</c> or <c>builtin</c>.</summary>
    string Engine { get; }

    /// <summary>Of the language.</summary>
    string Version { get; }

    /// <summary>Whether it can run another program.</summary>
    bool IsAlive { get; }

    /// <summary>Sets variables.</summary>
    void Restore(JsonObject variables);

    /// <summary>Runs a program to its end, or ends the worker: then the report says why.</summary>
    /// <param name="code">Python.</param>
    /// <param name="calls">What it may call.</param>
    /// <param name="time">Wall time, without that of host calls.</param>
    /// <param name="cancellationToken">Ends the worker.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    ProgramReport Run(string code, IProgramCalls calls, TimeSpan time, CancellationToken cancellationToken);
}
