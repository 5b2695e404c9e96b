using Rlm.Context.Files;

namespace Rlm.Context.Outlines;

/// <summary>Keeps the outlines of recently used file versions. Bounded by the number of symbols; the longest unused leave first.</summary>
internal sealed class OutlineCache
{
    private const int MaxSymbols = 200_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<RepoPath, LinkedListNode<Kept>> _kept = [];
    private readonly LinkedList<Kept> _byUse = new();
    private int _symbols;

    private sealed record Kept(RepoPath Path, FileStamp Stamp, Outline Outline, int Symbols);

    /// <summary>The text's outline; made now unless this very version is kept.</summary>
    public Outline Get(OpenText text, CancellationToken cancellationToken)
    {
        lock (_gate)
            if (_kept.TryGetValue(text.Path, out var node) && node.Value.Stamp == text.Stamp)
            {
                _byUse.Remove(node);
                _byUse.AddFirst(node);
                return node.Value.Outline;
            }
        var outline = text is WholeText whole ? Outliner.Outline(text.Path, text.Language, whole.Text, cancellationToken) : new Outline("none", [], "large file: read by line");
        Keep(new(text.Path, text.Stamp, outline, outline.All.Count() + 1));
        return outline;
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
