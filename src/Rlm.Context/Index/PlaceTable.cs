namespace Rlm.Context.Index;

/// <summary>Finds files by the hashes of their paths. Paths that share one are told apart by whoever asks.</summary>
internal sealed class PlaceTable
{
    private readonly Dictionary<ulong, WrittenPlace> _first;
    // Two paths of one 64-bit hash are not to be expected, but not to be confused either.
    private readonly Dictionary<ulong, List<WrittenPlace>> _others = [];

    public PlaceTable(int capacity) => _first = new(capacity);

    /// <summary>Adds a place.</summary>
    public void Add(ulong hash, WrittenPlace place)
    {
        if (_first.TryAdd(hash, place)) return;
        if (!_others.TryGetValue(hash, out var others)) _others[hash] = others = [];
        others.Add(place);
    }

    /// <summary>Takes out the place that is meant; null when there is none.</summary>
    public WrittenPlace? Remove(ulong hash, Func<WrittenPlace, bool> isMeant)
    {
        if (!_first.TryGetValue(hash, out var place)) return null;
        _others.TryGetValue(hash, out var others);
        if (isMeant(place))
        {
            if (others is not { Count: > 0 }) _first.Remove(hash);
            else (_first[hash], _) = (others[^1], others.Remove(others[^1]));
            return place;
        }
        var index = others?.FindIndex(other => isMeant(other)) ?? -1;
        if (index < 0) return null;
        place = others![index];
        others.RemoveAt(index);
        return place;
    }
}
