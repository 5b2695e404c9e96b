using Microsoft.Extensions.AI;
using Rlm.Recursion.Budget;
using Rlm.Recursion.Models;

namespace Rlm.Recursion.Running.Mapping;

/// <summary>
/// Sends jobs of one kind in order, as many at once as the tree's width allows, as long as the budget has room. Where it has none only because calls under way hold it, it waits for one of them;
/// else it tries smaller parts of the job, and then stops. Results are handled one at a time.
/// </summary>
/// <typeparam name="T">A job.</typeparam>
internal sealed class CallQueue<T>(SessionRun run, ModelCalls models, string purpose)
{
    // A model that gave nothing usable in this many calls, and never did, will not in the next hundred either.
    private const int FruitlessCalls = 3;

    private readonly List<Task<Sent>> _underWay = [];
    private int _fruitless;
    private bool _hasGiven;

    /// <summary>Why it sends no more; null while it does.</summary>
    public string? Stopped { get; private set; }

    /// <summary>What to send for a job; null when there is nothing to send any more.</summary>
    public required Func<T, (IReadOnlyList<ChatMessage> Messages, ChatOptions Options)?> Build { get; init; }

    /// <summary>Handles a reply, or a fault when there is none; returns whether it gave anything usable. Replies that came before a cancellation are handled after it.</summary>
    public required Func<T, ChatResponse?, ModelFaultException?, bool> Done { get; init; }

    /// <summary>Smaller parts of a job, or one that takes less, for which the budget has no room; null when it has none.</summary>
    public Func<T, IReadOnlyList<T>?> Split { get; init; } = _ => null;

    /// <summary>Sends all; what <see cref="Stopped"/> kept back is returned.</summary>
    public async Task<IReadOnlyList<T>> RunAsync(IReadOnlyList<T> jobs, CancellationToken cancellationToken)
    {
        var waiting = new LinkedList<T>(jobs);
        using var clock = RunClock.Start(run, cancellationToken);
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Fill(waiting, clock.Token);
                if (_underWay.Count == 0) return [.. waiting];
                await TakeOneAsync(waiting, clock, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            await EndAllAsync(clock).ConfigureAwait(false);
        }
    }

    private void Fill(LinkedList<T> waiting, CancellationToken cancellationToken)
    {
        var width = Math.Max(1, run.Session.Ledger.Limits.Parallel ?? run.Options.Limits.Parallel ?? 1);
        while (Stopped is null && waiting.First is { } next && _underWay.Count < width)
        {
            waiting.RemoveFirst();
            if (Build(next.Value) is not { } request) continue;
            if (run.Session.Ledger.WhyNot(models.Worst(request.Messages, request.Options)) is not { } refusal)
                _underWay.Add(SendAsync(next.Value, request.Messages, request.Options, cancellationToken));
            else if (!Refuse(waiting, next.Value, refusal)) return;
        }
    }

    // Returns whether to go on filling.
    private bool Refuse(LinkedList<T> waiting, T job, BudgetSpentException refusal)
    {
        waiting.AddFirst(job);
        if (_underWay.Count > 0 && refusal.Kind is not ("seconds" or "overrun")) return false;
        if (refusal.Kind is "tokens" or "usd" && Split(job) is { Count: > 0 } parts)
        {
            waiting.RemoveFirst();
            foreach (var part in parts.Reverse()) waiting.AddFirst(part);
            return true;
        }
        Stopped = StopReasons.Of(refusal);
        return false;
    }

    private async Task TakeOneAsync(LinkedList<T> waiting, RunClock clock, CancellationToken cancellationToken)
    {
        var ended = await Task.WhenAny(_underWay).ConfigureAwait(false);
        _underWay.Remove(ended);
        var sent = await ended.ConfigureAwait(false);
        if (sent.Reply is null) cancellationToken.ThrowIfCancellationRequested();
        if (sent.Refusal is { } refusal) Refuse(waiting, sent.Job, refusal);
        else if (sent.Reply is null && sent.Fault is null)
        {
            waiting.AddFirst(sent.Job);
            Stopped ??= clock.IsOver ? StopReasons.Seconds : StopReasons.Aborted;
        }
        else See(Done(sent.Job, sent.Reply, sent.Fault), sent.Fault);
    }

    private void See(bool isUsable, ModelFaultException? fault)
    {
        _hasGiven |= isUsable;
        if (!isUsable) _fruitless++;
        if (fault?.Kind is ModelFaultKind.Denied or ModelFaultKind.Quota || (fault?.Kind is ModelFaultKind.Refused && !_hasGiven)) Stopped ??= StopReasons.Of(fault);
        else if (!_hasGiven && _fruitless >= FruitlessCalls) Stopped ??= StopReasons.Fruitless;
    }

    private async Task<Sent> SendAsync(T job, IReadOnlyList<ChatMessage> messages, ChatOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return new(job, await models.SendAsync(run.Session, purpose, messages, options, cancellationToken).ConfigureAwait(false), null, null);
        }
        catch (BudgetSpentException refusal)
        {
            return new(job, null, null, refusal);
        }
        catch (ModelFaultException fault)
        {
            return new(job, null, fault, null);
        }
        catch (OperationCanceledException)
        {
            return new(job, null, null, null);
        }
    }

    private async Task EndAllAsync(RunClock clock)
    {
        if (_underWay.Count == 0) return;
        await clock.CancelAsync().ConfigureAwait(false);
        var ended = await Task.WhenAll(_underWay).ConfigureAwait(false);
        _underWay.Clear();
        // What was answered is paid for: it is kept, so that a later run does not pay again.
        foreach (var sent in ended)
            if (sent.Reply is not null) Done(sent.Job, sent.Reply, null);
    }

    private sealed record Sent(T Job, ChatResponse? Reply, ModelFaultException? Fault, BudgetSpentException? Refusal);
}
