namespace Rlm.Context.Files.Watching;

/// <summary>
/// Which folders the numbers of watches stand for. One number can stand for several: a folder that was moved keeps its number until the old place is
/// forgotten, and a folder mounted at two places has one for both. Believing too many places costs a listing; too few, a missed edit. Not for two threads at once.
/// </summary>
internal sealed class WatchTable
{
    private readonly Dictionary<int, List<Place>> _places = [];
    private long _clock;

    /// <summary>A folder, why it is watched, and when it was last said to be under its number.</summary>
    public readonly record struct Place(string Folder, WatchRole Role, long Since);

    /// <summary>How many watches there are.</summary>
    public int Count => _places.Count;

    /// <summary>How many places are watched only for the count of ignored files.</summary>
    public int IgnoredCount { get; private set; }

    /// <summary>What a number stands for; empty when unknown.</summary>
    public IReadOnlyList<Place> this[int watch] => _places.TryGetValue(watch, out var places) ? places : [];

    /// <summary>A number stands for a folder from now on.</summary>
    public void Add(int watch, string folder, WatchRole role)
    {
        if (!_places.TryGetValue(watch, out var places)) _places[watch] = places = new(1);
        var place = new Place(folder, role, ++_clock);
        var at = places.FindIndex(known => known.Folder == folder && known.Role == role);
        if (at >= 0)
        {
            places[at] = place;
            return;
        }
        places.Add(place);
        if (role == WatchRole.Ignored) IgnoredCount++;
    }

    /// <summary>The system has ended a watch.</summary>
    public void Remove(int watch)
    {
        if (!_places.Remove(watch, out var places)) return;
        IgnoredCount -= places.Count(place => place.Role == WatchRole.Ignored);
    }

    /// <summary>Forgets places that are not in the tree, and numbers that a folder had before another took its place. Gives the numbers that stand for nothing any more.</summary>
    public List<int> KeepOnly(IReadOnlySet<string> folders)
    {
        var latest = new Dictionary<(string, WatchRole), long>(_places.Count);
        foreach (var place in _places.Values.SelectMany(places => places))
            if (place.Since > latest.GetValueOrDefault((place.Folder, place.Role))) latest[(place.Folder, place.Role)] = place.Since;
        var unused = new List<int>();
        foreach (var (watch, places) in _places)
        {
            places.RemoveAll(place => !folders.Contains(place.Folder) || latest[(place.Folder, place.Role)] != place.Since);
            if (places.Count == 0) unused.Add(watch);
        }
        foreach (var watch in unused) _places.Remove(watch);
        IgnoredCount = _places.Values.Sum(places => places.Count(place => place.Role == WatchRole.Ignored));
        return unused;
    }
}

/// <summary>Why a folder is watched.</summary>
internal enum WatchRole
{
    /// <summary>Its files are covered.</summary>
    Covered,
    /// <summary>It is ignored: its files are only counted.</summary>
    Ignored,
    /// <summary>It is the <c>.git</c> of the folder, watched for the coming and going of <c>info</c>.</summary>
    Repository,
    /// <summary>It is the <c>.git/info</c> of the folder, watched for <c>exclude</c>.</summary>
    RepositoryInfo,
}
