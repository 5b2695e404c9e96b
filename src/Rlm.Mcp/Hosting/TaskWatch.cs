namespace Rlm.Mcp.Hosting;

/// <summary>Logs the faults of tasks that nobody waited for, while it lives; they never end the process.</summary>
internal sealed class TaskWatch : IDisposable
{
    private readonly HostLog _log;

    public TaskWatch(HostLog log)
    {
        _log = log;
        TaskScheduler.UnobservedTaskException += Observe;
    }

    /// <inheritdoc/>
    public void Dispose() => TaskScheduler.UnobservedTaskException -= Observe;

    private void Observe(object? sender, UnobservedTaskExceptionEventArgs lost)
    {
        lost.SetObserved();
        var fault = lost.Exception.GetBaseException();
        if (fault is not (OperationCanceledException or ModelContextProtocol.McpException)) _log.Fault("running a task that nobody waited for", fault);
    }
}
