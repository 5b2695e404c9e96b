using Rlm.Context.Relations;

namespace Rlm.Mcp.Rendering;

/// <summary>
/// The results of the last few questions, so that the pages of an answer that its deadline cut are pages of one list. Only a help: a page whose result is not here any more is worked
/// out again, and when that gives another list the cursor is stale.
/// </summary>
internal sealed class RefsResults
{
    private const int MaxKept = 4, MaxSites = 200_000;

    private readonly Lock _gate = new();
    private readonly LinkedList<(string Key, RelationResult Result)> _kept = new();

    public RelationResult? Find(string key)
    {
        lock (_gate) return _kept.FirstOrDefault(kept => kept.Key == key).Result;
    }

    public void Keep(string key, RelationResult result)
    {
        if (result.Sites.Count > MaxSites) return;
        lock (_gate)
        {
            for (var node = _kept.First; node is not null; node = node.Next)
                if (node.Value.Key == key)
                {
                    _kept.Remove(node);
                    break;
                }
            _kept.AddFirst((key, result));
            if (_kept.Count > MaxKept) _kept.RemoveLast();
        }
    }
}
