using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using Rlm.Context.Files;

namespace Rlm.Mcp.Hosting;

/// <summary>
/// The server's few log lines: one line each, no stack traces, control characters escaped. They wait in a short queue and are written by a
/// thread of its own, so that a client that never reads our stderr cannot stop a call; what does not fit is counted and dropped.
/// </summary>
internal sealed class HostLog : ILoggerFactory, ILogger
{
    private const int MaxWaiting = 256, MaxLine = 500;

    private readonly Channel<string> _lines = Channel.CreateBounded<string>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private readonly TextWriter _writer;
    private readonly Thread _thread;
    private long _dropped;

    public HostLog(TextWriter writer)
    {
        _writer = writer;
        _thread = new Thread(WriteAll) { IsBackground = true, Name = "log" };
        _thread.Start();
    }

    /// <summary>Logs one line.</summary>
    public void Line(string text)
    {
        var line = NameEscaping.Escape(text);
        if (!_lines.Writer.TryWrite(line.Length <= MaxLine ? line : line[..MaxLine] + "…")) Interlocked.Increment(ref _dropped);
    }

    /// <summary>Logs a fault of our own: its kind, message and origin, without a stack trace.</summary>
    public void Fault(string doing, Exception fault) =>
        Line($"fault while {doing}: {fault.GetType().Name}: {fault.Message} (in {fault.TargetSite?.DeclaringType?.Name}.{fault.TargetSite?.Name})");

    /// <summary>Writes what waits, for at most half a second.</summary>
    public void Dispose()
    {
        _lines.Writer.TryComplete();
        _thread.Join(TimeSpan.FromMilliseconds(500));
    }

    ILogger ILoggerFactory.CreateLogger(string categoryName) => this;

    void ILoggerFactory.AddProvider(ILoggerProvider provider)
    {
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Warning and < LogLevel.None;

    // What the SDK has to say. A caller's mistake was answered to the caller and is no news here.
    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logLevel < (exception is null ? LogLevel.Error : LogLevel.Warning) || exception is McpException or OperationCanceledException or System.Text.Json.JsonException) return;
        if (exception is null) Line(formatter(state, null));
        else Fault(formatter(state, exception), exception);
    }

    private void WriteAll()
    {
        try
        {
            while (_lines.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
                while (_lines.Reader.TryRead(out var line)) Write(line);
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException)
        {
            // Nobody reads stderr any more.
        }
    }

    private void Write(string line)
    {
        if (Interlocked.Exchange(ref _dropped, 0) is > 0 and var dropped) _writer.WriteLine($"rlm-mcp: {dropped} log lines dropped");
        _writer.WriteLine($"rlm-mcp: {line}");
        _writer.Flush();
    }
}
