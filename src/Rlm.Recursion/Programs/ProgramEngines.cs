using System.Text.Json.Nodes;
using Rlm.Recursion.Programs.BuiltIn;
using Rlm.Recursion.Programs.Containers;
using Rlm.Recursion.Programs.CPython;
using Rlm.Recursion.Programs.Workers;

namespace Rlm.Recursion.Programs;

/// <summary>
/// The engine of a process, chosen once, by a real trial at the first use: CPython in a sandbox where that passes, else the built-in interpreter. An engine that was asked for by name is taken
/// or nothing is: none ever runs without its walls. Safe to use from many threads.
/// </summary>
internal sealed class ProgramEngines : IDisposable
{
    private static readonly TimeSpan TrialTime = TimeSpan.FromSeconds(10);

    private readonly ProgramOptions _options;
    private readonly IReadOnlyList<IProgramEngine>? _candidates;
    private readonly Lazy<(IProgramEngine? Engine, EngineReport Report)> _chosen;
    private Worker? _tried;

    /// <param name="options">The operator's decisions.</param>
    /// <param name="candidates">In place of those that the options name, in this order.</param>
    public ProgramEngines(ProgramOptions options, IReadOnlyList<IProgramEngine>? candidates = null)
    {
        (_options, _candidates) = (options, candidates);
        _chosen = new(Choose);
    }

    /// <summary>What programs run on; tries it where that has not been done.</summary>
    public EngineReport Report => _chosen.Value.Report;

    /// <summary>A fresh worker.</summary>
    /// <exception cref="RecursionException"><c>not_available</c>: no engine works here.</exception>
    /// <exception cref="WorkerFaultException">This one did not start.</exception>
    public Worker Start(IReadOnlyList<string> functions)
    {
        if (_chosen.Value.Engine is not { } engine)
            throw new RecursionException("not_available", $"programs have no engine here: {string.Join("; ", Report.Rejected)}", "doctor says what would mend it; the other tools work without.");
        // The one that passed the trial serves first: its functions are those of every session.
        return Interlocked.Exchange(ref _tried, null) is { IsAlive: true } tried ? tried : Worker.Start(engine.Start(), functions, _options.Limits);
    }

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _tried, null)?.Dispose();

    private (IProgramEngine?, EngineReport) Choose()
    {
        var rejected = new List<string>();
        foreach (var engine in _candidates ?? Candidates())
        {
            if (engine.WhyNot is { } why) rejected.Add($"{engine.Name}: {why}");
            else if (Try(engine, rejected) is { } report) return (engine, report);
        }
        return (null, new(null, "", "", [], rejected));
    }

    private IReadOnlyList<IProgramEngine> Candidates() => _options.Engine switch
    {
        "auto" => [new CPythonEngine(), new BuiltInEngine(_options)],
        "cpython" => [new CPythonEngine()],
        "builtin" => [new BuiltInEngine(_options)],
        "docker" or "podman" => [new ContainerEngine(_options.Engine, _options)],
        _ => [],
    };

    private EngineReport? Try(IProgramEngine engine, List<string> rejected)
    {
        Worker? worker = null;
        try
        {
            worker = Worker.Start(engine.Start(), ProgramFunctions.Names, _options.Limits);
            var trial = worker.Run(engine.Trial, NoCalls.Instance, TrialTime, CancellationToken.None);
            if (engine.Judge(worker, trial) is not { } why)
            {
                var modules = (trial.Plain as JsonObject)?["modules"] as JsonArray ?? [];
                var report = new EngineReport(engine.Name, worker.Version, engine.Isolation(worker), [.. modules.Select(name => name!.GetValue<string>())], rejected);
                (_tried, worker) = (worker, null);
                return report;
            }
            rejected.Add($"{engine.Name}: {why}");
        }
        catch (WorkerFaultException fault)
        {
            rejected.Add($"{engine.Name}: {fault.Message}");
        }
        finally
        {
            worker?.Dispose();
        }
        return null;
    }
}
