using System.Runtime.InteropServices;

namespace Rlm.Mcp.Hosting;

/// <summary>
/// SIGTERM, SIGINT and SIGHUP as one token. They no longer end the process by themselves: the server stops its calls and returns, so that the exit
/// code is 0 and nothing is left running. (Claude Code sends SIGINT, SIGTERM 100 ms later, then closes stdin; others send SIGTERM.)
/// </summary>
internal sealed class ServerLifetime : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly PosixSignalRegistration[] _signals;

    public ServerLifetime() => _signals = [.. new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, Stop))];

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Gives the signals back. The token stays usable.</summary>
    public void Dispose()
    {
        foreach (var signal in _signals) signal.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        _stopping.Cancel();
    }
}
