using Rlm.Context.Files;

namespace Rlm.Context.Outlines;

/// <summary>Keeps the outlines of recently used file versions. Bounded by the number of symbols; the longest unused leave first.</summary>
internal sealed class OutlineCache
{
    private const int MaxSymbols = 60_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<RepoPath, LinkedListNode<Kept>> _kept = [];
    private readonly LinkedList<Kept> _byUse = new();
    private int _symbols;

    private sealed record Kept(RepoPath Path, FileStamp Stamp, Outline Outline, int Symbols);

    /// <summary>The outline of a version of a file; made now unless it is kept.</summary>
    public Outline Get(RepoPath path, FileStamp stamp, Func<Outline> make)
    {
        lock (_gate)
            if (_kept.TryGetValue(path, out var node) && node.Value.Stamp == stamp)
            {
                _byUse.Remove(node);
                _byUse.AddFirst(node);
                return node.Value.Outline;
            }
        var outline = make();
        Keep(new(path, stamp, outline, outline.All.Count() + 1));
        return outline;
    }

    /// <summary>Whether the outline of a version of a file is kept.</summary>
    public bool Has(RepoPath path, FileStamp stamp)
    {
        lock (_gate) return _kept.TryGetValue(path, out var node) && node.Value.Stamp == stamp;
    }

    private void Keep(Kept fresh)
    {
        lock (_gate)
        {
            if (_kept.Remove(fresh.Path, out var old)) Drop(old);
            _kept[fresh.Path] = _byUse.AddFirst(fresh);
            _symbols += fresh.Symbols;
            while (_symbols > MaxSymbols && _byUse.Last is { } last && last.Value != fresh)
            {
                _kept.Remove(last.Value.Path);
                Drop(last);
            }
        }
    }

    private void Drop(LinkedListNode<Kept> node)
    {
        _byUse.Remove(node);
        _symbols -= node.Value.Symbols;
    }
}
