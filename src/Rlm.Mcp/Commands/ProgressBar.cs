using Rlm.Context.Files;
using Spectre.Console;

namespace Rlm.Mcp.Commands;

/// <summary>
/// Shows a waiting person how far the work has come, on a terminal's stderr and only after a second of work, and wipes itself away when disposed.
/// Spectre.Console is loaded only then.
/// </summary>
internal sealed class ProgressBar : IProgress<ContextProgress>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1), Beat = TimeSpan.FromMilliseconds(100);

    private readonly ManualResetEventSlim _done = new();
    private readonly Thread _thread;
    private readonly Func<string, string?> _variable;
    private ContextProgress? _latest;

    public ProgressBar(Func<string, string?> variable)
    {
        _variable = variable;
        _thread = new(Watch) { IsBackground = true, Name = "progress bar" };
        _thread.Start();
    }

    public void Report(ContextProgress value)
    {
        lock (_done) _latest = value;
    }

    public void Dispose()
    {
        _done.Set();
        _thread.Join();
        _done.Dispose();
    }

    private void Watch()
    {
        if (!_done.Wait(Patience)) Show();
    }

    private void Show()
    {
        var console = AnsiConsole.Create(new()
        {
            Out = new AnsiConsoleOutput(Console.Error),
            ColorSystem = string.IsNullOrEmpty(_variable("NO_COLOR")) ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
        console.Progress().AutoClear(true).Start(bars =>
        {
            var bar = bars.AddTask("working", maxValue: 1).IsIndeterminate();
            do Update(bar);
            while (!_done.Wait(Beat));
        });
    }

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
