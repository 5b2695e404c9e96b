using Rlm.Context.Index.Building;

namespace Rlm.Context.History.Indexing;

/// <summary>Keeps the index of commits up to date on a thread of its own, once the index of texts has had its turn: new commits are looked for every half minute.</summary>
internal sealed class HistoryKeeper : IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(2), Pause = TimeSpan.FromSeconds(30), LongPause = TimeSpan.FromMinutes(5);

    private readonly ContextStore _store;
    private readonly GitHistory _history;
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;

    public HistoryKeeper(ContextStore store, GitHistory history)
    {
        (_store, _history) = (store, history);
        _thread = new(Run) { IsBackground = true, Name = "history keeper", Priority = ThreadPriority.BelowNormal };
        _thread.Start();
    }

    /// <summary>Stops within a moment; what was not saved is done again another time.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _thread.Join();
        _stop.Dispose();
    }

    private void Run()
    {
        while (_store.IndexStatus.State is IndexState.Starting or IndexState.Texts or IndexState.Outlines)
            if (_stop.Token.WaitHandle.WaitOne(Beat)) return;
        while (!_stop.IsCancellationRequested)
            if (_stop.Token.WaitHandle.WaitOne(Step())) return;
    }

    // Gives how long to wait for the next step.
    private TimeSpan Step()
    {
        try
        {
            _history.BuildIndex(null, _stop.Token);
            return Pause;
        }
        catch (OperationCanceledException)
        {
            return TimeSpan.Zero;
        }
        catch (ContextException)
        {
            // No repository, or no libgit2: whoever asks for history is told why.
            return LongPause;
        }
#pragma warning disable CA1031 // whatever it is, history goes on by walking, and the status says so
        catch (Exception fault)
#pragma warning restore CA1031
        {
            _history.Report(fault is IOException ? $"the index of commits cannot be written: {fault.Message}" : $"the index of commits cannot be built: {fault.GetType().Name}");
            return LongPause;
        }
    }
}
