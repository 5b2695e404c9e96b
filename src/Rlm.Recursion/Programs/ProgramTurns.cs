namespace Rlm.Recursion.Programs;

/// <summary>Whose turn it is in each session: programs run one after the other, first come first served. A place is taken when a program is asked for, not when its thread begins. Safe to use from many threads.</summary>
internal sealed class ProgramTurns
{
    private readonly Dictionary<string, LinkedList<TaskCompletionSource>> _queues = new(StringComparer.Ordinal);

    /// <summary>Takes the last place in a session's queue.</summary>
    public Place Queue(string id)
    {
        lock (_queues)
        {
            if (!_queues.TryGetValue(id, out var queue)) queue = _queues[id] = new();
            var place = queue.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            if (queue.Count == 1) place.Value.SetResult();
            return new(this, id, place);
        }
    }

    /// <summary>Takes the turn where nobody has it or waits for it; null where somebody does.</summary>
    public Place? TryTake(string id)
    {
        lock (_queues) return _queues.ContainsKey(id) ? null : Queue(id);
    }

    /// <summary>How many have the turn of a session or wait for it.</summary>
    public int Count(string id)
    {
        lock (_queues) return _queues.TryGetValue(id, out var queue) ? queue.Count : 0;
    }

    /// <summary>Ends the waiting of all but the first.</summary>
    public void CancelWaiting(string id)
    {
        lock (_queues)
            if (_queues.TryGetValue(id, out var queue))
                foreach (var place in queue.Skip(1)) place.TrySetException(new RecursionException("not_available", $"session {id} was cancelled", "Call without session for a new one."));
    }

    private void Leave(string id, LinkedListNode<TaskCompletionSource> place)
    {
        lock (_queues)
        {
            if (place.List is not { } queue) return;
            queue.Remove(place);
            if (queue.First is { } next) next.Value.TrySetResult();
            else _queues.Remove(id);
        }
    }

    /// <summary>A place in a queue; whoever has it gives it back.</summary>
    public sealed class Place(ProgramTurns turns, string id, LinkedListNode<TaskCompletionSource> place) : IDisposable
    {
        /// <summary>The session.</summary>
        public string Session => id;

        /// <summary>Waits until it is the first.</summary>
        /// <exception cref="OperationCanceledException">Cancelled; the place is kept.</exception>
        /// <exception cref="RecursionException">The session was cancelled meanwhile.</exception>
        public void Wait(CancellationToken cancellationToken)
        {
            place.Value.Task.WaitAsync(cancellationToken).GetAwaiter().GetResult();
            cancellationToken.ThrowIfCancellationRequested();
        }

        /// <inheritdoc/>
        public void Dispose() => turns.Leave(id, place);
    }
}
