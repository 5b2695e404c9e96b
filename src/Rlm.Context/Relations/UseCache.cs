using Rlm.Context.Files;

namespace Rlm.Context.Relations;

/// <summary>
/// Keeps the sites of names in versions of files, so that the next page, and a question asked once more after its deadline, go on from what was read before. Bounded; begins
/// anew when it is full.
/// </summary>
internal sealed class UseCache
{
    private const int MaxSites = 150_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<Key, Sites> _kept = [];
    private int _sites;

    /// <summary>What is known of a name in a version of a file; null when nothing.</summary>
    public Sites? Get(Key key)
    {
        lock (_gate) return _kept.GetValueOrDefault(key);
    }

    public void Put(Key key, Sites sites)
    {
        lock (_gate)
        {
            if (_sites > MaxSites)
            {
                _kept.Clear();
                _sites = 0;
            }
            if (_kept.TryAdd(key, sites)) _sites += 1 + sites.Found.Count;
        }
    }

    /// <param name="Path">The file.</param>
    /// <param name="Stamp">Its version.</param>
    /// <param name="Name">The name.</param>
    /// <param name="IsType">Whether it was read as the name of a type.</param>
    public readonly record struct Key(RepoPath Path, FileStamp Stamp, string Name, bool IsType);

    /// <param name="Found">Sites in file order, at depth 1.</param>
    /// <param name="Mentions">Lines with the name in comments, strings or prose.</param>
    public sealed record Sites(IReadOnlyList<RelationSite> Found, IReadOnlyList<int> Mentions);
}
