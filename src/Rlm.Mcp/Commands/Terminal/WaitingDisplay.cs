using Rlm.Context.Files;
using Rlm.Recursion.Sessions;
using Spectre.Console;

namespace Rlm.Mcp.Commands.Terminal;

/// <summary>
/// Shows a waiting person how far the work has come, on a terminal's stderr and only after a second of work, and wipes itself away when disposed:
/// a bar for work on files, the tree of sessions for sub-agents. Spectre.Console is loaded only then.
/// </summary>
internal sealed class WaitingDisplay : IProgress<ContextProgress>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1), Beat = TimeSpan.FromMilliseconds(100);

    private readonly ManualResetEventSlim _done = new();
    private readonly Thread _thread;
    private readonly Func<string, string?> _variable;
    private ContextProgress? _latest;
    private IReadOnlyList<SessionGlance>? _sessions;

    public WaitingDisplay(Func<string, string?> variable)
    {
        _variable = variable;
        _thread = new(Watch) { IsBackground = true, Name = "waiting display" };
        _thread.Start();
    }

    public void Report(ContextProgress value)
    {
        lock (_done) _latest = value;
    }

    /// <summary>The sessions that are waited for, as they stand now.</summary>
    public void Report(IReadOnlyList<SessionGlance> sessions) => Volatile.Write(ref _sessions, sessions);

    public void Dispose()
    {
        _done.Set();
        _thread.Join();
        _done.Dispose();
    }

    private void Watch()
    {
        if (_done.Wait(Patience)) return;
        var console = TerminalConsole.OnError(_variable);
        // Without cursor control nothing could be wiped away again.
        if (!console.Profile.Capabilities.Ansi) return;
        try
        {
            if (Volatile.Read(ref _sessions) is null) ShowBar(console);
            if (!_done.IsSet) ShowSessions(console);
        }
#pragma warning disable CA1031 // a terminal that cannot be drawn on (one column wide, or gone) must not end the work that is waited for
        catch (Exception)
#pragma warning restore CA1031
        {
            _done.Wait();
        }
    }

    private void ShowBar(IAnsiConsole console) => console.Progress().AutoClear(true).Start(bars =>
    {
        var bar = bars.AddTask("working", maxValue: 1).IsIndeterminate();
        do Update(bar);
        while (!_done.Wait(Beat) && Volatile.Read(ref _sessions) is null);
    });

    private void ShowSessions(IAnsiConsole console) => console.Live(new Text("")).AutoClear(true).Overflow(VerticalOverflow.Crop).Start(live =>
    {
        for (var beat = 0; ; beat++)
        {
            live.UpdateTarget(SessionTreeView.Of(Volatile.Read(ref _sessions)!, console.Profile.Width, console.Profile.Height, beat));
            if (_done.Wait(Beat)) return;
        }
    });

    private void Update(ProgressTask bar)
    {
        ContextProgress? latest;
        lock (_done) latest = _latest;
        if (latest is not { } progress) return;
        bar.Description = Markup.Escape(progress.Total > 0 ? $"{progress.What} {progress.Done:N0} of {progress.Total:N0}" : progress.Done > 0 ? $"{progress.What} {progress.Done:N0}" : progress.What) + (progress.Detail is null ? "" : Markup.Escape($" ({progress.Detail})"));
        bar.IsIndeterminate(progress.Total <= 0);
        if (progress.Total > 0) bar.MaxValue(progress.Total).Value = progress.Done;
    }
}
