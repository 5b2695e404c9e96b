using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Rlm.Recursion.Sessions;

namespace Rlm.Recursion.Programs.Workers;

/// <summary>
/// A worker behind the line protocol, one JSON object a line:
/// <code>
/// ->  {"start":{"functions":[…],"limits":{…}}}   {"restore":{…}}   {"eval":1,"code":…,"seconds":…}          {"result":7,"value":…}
/// &lt;-  {"ready":{"engine":…,"version":…}}                           {"call":7,"name":…,"args":[…],"kwargs":{…}}    {"done":1,"stdout":…,…}
///                                                                                         {"draft":{"content":…,"ready":…}}
/// </code>
/// A draft is what stands in <c>answer</c>, told as it is set: it outlives the worker. A line that is none of these ends it. So do its time (host calls not counted), too many host calls, and cancelling.
/// </summary>
internal sealed class Worker : IProgramWorker
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(20), Grace = TimeSpan.FromMilliseconds(500);

    private readonly WorkerProcess _process;
    private readonly WorkerLines _lines;
    private readonly ProgramLimits _limits;
    private long _evaluations;
    private bool _isBroken;

    private Worker(WorkerProcess process, ProgramLimits limits)
    {
        (_process, _limits) = (process, limits);
        _lines = new(process.Output, process.Input, limits.LineBytes);
    }

    /// <inheritdoc/>
    public string Engine { get; private set; } = "";

    /// <inheritdoc/>
    public string Version { get; private set; } = "";

    /// <summary>Whether a filter stands between it and the kernel.</summary>
    public bool IsFiltered { get; private set; }

    /// <inheritdoc/>
    public bool IsAlive => !_isBroken && !_process.IsEnded;

    /// <summary>Starts a worker and waits until it is ready.</summary>
    /// <exception cref="WorkerFaultException">It could not be started, or did not say so in time.</exception>
    public static Worker Start(WorkerStart start, IReadOnlyList<string> functions, ProgramLimits limits)
    {
        var worker = new Worker(WorkerProcess.Start(start), limits);
        try
        {
            using var watch = new Watchdog(worker._process, StartTime, CancellationToken.None);
            worker.Greet(start, functions);
            return worker;
        }
        catch
        {
            worker.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Restore(JsonObject variables) => _lines.Send(new() { ["restore"] = variables.DeepClone() });

    /// <inheritdoc/>
    public ProgramReport Run(string code, IProgramCalls calls, TimeSpan time, CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        var number = ++_evaluations;
        var made = 0;
        Answer? draft = null;
        using var watch = new Watchdog(_process, time + Grace, cancellationToken);
        try
        {
            _lines.Send(new() { ["eval"] = number, ["code"] = code, ["seconds"] = time.TotalSeconds });
            while (true)
            {
                var message = _lines.Receive() ?? throw Ended(watch, time);
                if (message.ContainsKey("done")) return WorkerReport.Read(message, number, Engine) with { Calls = made, Seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds };
                if (message["draft"] is JsonObject told)
                {
                    draft = WorkerReport.Draft(told);
                    continue;
                }
                if (++made > _limits.Calls) throw new WorkerFaultException("call_limit", string.Create(CultureInfo.InvariantCulture, $"more than {_limits.Calls:N0} host calls in one program"));
                var call = WorkerCall.Read(message);
                watch.Pause();
                var reply = call.Answer(calls, cancellationToken);
                reply["left"] = Math.Max(0, (watch.Left - Grace).TotalSeconds);
                watch.Resume();
                _lines.Send(reply);
            }
        }
        catch (WorkerFaultException fault)
        {
            Break();
            cancellationToken.ThrowIfCancellationRequested();
            return new() { Engine = Engine, Error = new(fault.Type, fault.Message, null, ""), Answer = draft, Calls = made, Seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds };
        }
        catch
        {
            Break();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isBroken = true;
        _process.Dispose();
    }

    private void Greet(WorkerStart start, IReadOnlyList<string> functions)
    {
        var message = start.Message.DeepClone().AsObject();
        message["functions"] = new JsonArray([.. functions.Select(name => (JsonNode)name)]);
        message["limits"] = new JsonObject
        {
            ["memory"] = _limits.MemoryBytes, ["cpu"] = _limits.CpuSeconds, ["output"] = _limits.OutputCharacters, ["plain"] = _limits.PlainCharacters, ["steps"] = _limits.Steps,
        };
        _lines.Send(new() { ["start"] = message });
        if (_lines.Receive()?["ready"] is not JsonObject ready) throw new WorkerFaultException("worker_ended", "the worker ended before it was ready" + (_process.Complaint is { Length: > 0 } complaint ? $": {complaint}" : ""));
        (Engine, Version) = ((string?)ready["engine"] ?? "", (string?)ready["version"] ?? "");
        IsFiltered = (bool?)ready["filtered"] == true;
    }

    private WorkerFaultException Ended(Watchdog watch, TimeSpan time)
    {
        if (watch.IsOver) return new("timeout", string.Create(CultureInfo.InvariantCulture, $"the program did not end within {time.TotalSeconds:0.#} s"));
        var code = _process.ExitCode;
        return new("worker_ended", string.Create(CultureInfo.InvariantCulture, $"the worker ended in the middle of the program (exit code {code?.ToString(CultureInfo.InvariantCulture) ?? "unknown"}): out of memory, or a crash"));
    }

    private void Break()
    {
        _isBroken = true;
        _process.End();
    }
}
