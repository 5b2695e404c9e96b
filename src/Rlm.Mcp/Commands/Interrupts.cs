using System.Runtime.InteropServices;

namespace Rlm.Mcp.Commands;

/// <summary>Ctrl+C and SIGTERM as a token. The second signal ends the process the hard way, so that nobody has to wait for a stuck command.</summary>
internal sealed class Interrupts : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration _interrupt, _terminate;

    public Interrupts()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    }

    /// <summary>Fires at the first signal.</summary>
    public CancellationToken Token => _stop.Token;

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
    }

    private void Stop(PosixSignalContext signal)
    {
        signal.Cancel = !_stop.IsCancellationRequested;
        _stop.Cancel();
        if (!signal.Cancel) ShowCursor();
    }

    // The progress bar hides the cursor, and is not asked to clean up when the process ends the hard way.
    private static void ShowCursor()
    {
        if (Console.IsErrorRedirected) return;
        using var terminal = Console.OpenStandardError();
        terminal.Write("\e[?25h"u8);
    }
}
