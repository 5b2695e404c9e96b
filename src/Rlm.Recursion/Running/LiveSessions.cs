using System.Collections.Concurrent;

namespace Rlm.Recursion.Running;

/// <summary>The sessions of this process by id. Of those that have ended the latest stay for a while, so that who waits learns what was wrong; the others are read from where they are kept.</summary>
internal sealed class LiveSessions
{
    /// <summary>Ended sessions that stay.</summary>
    public const int EndedKept = 64;

    private readonly ConcurrentDictionary<string, LiveSession> _byId = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<LiveSession> _ended = new();

    /// <summary>All, in no order.</summary>
    public IEnumerable<LiveSession> All => _byId.Values;

    /// <summary>How many there are, ended ones among them.</summary>
    public int Count => _byId.Count;

    /// <summary>Null when this process has none of that id.</summary>
    public LiveSession? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Takes it in.</summary>
    public LiveSession Add(LiveSession live) => _byId[live.Session.Id] = live;

    /// <summary>Takes it out; what is kept of it stays.</summary>
    public void Drop(LiveSession live)
    {
        _byId.TryRemove(KeyValuePair.Create(live.Session.Id, live));
        live.End();
    }

    /// <summary>Gives back all that nobody works at: they wait for the client, in whatever process it calls next.</summary>
    public void DropIdle()
    {
        foreach (var live in _byId.Values.Where(live => live is { IsAtWork: false, Ended.IsCompleted: false })) Drop(live);
    }

    /// <summary>Nothing more happens to it here.</summary>
    public void End(LiveSession live)
    {
        if (!live.End()) return;
        _ended.Enqueue(live);
        // The source is linked to its parent's or the process's, which would hold it for ever.
        while (_ended.Count > EndedKept && _ended.TryDequeue(out var old))
            if (_byId.TryRemove(KeyValuePair.Create(old.Session.Id, old))) old.Stop.Dispose();
    }
}
