using Rlm.Context.Search;

namespace Rlm.Mcp.Rendering;

/// <summary>
/// The first types of many, of each name the first: most mentioned, then biggest, then by name. Those of two lots together are among the first of each lot, so that a folder's
/// come from those of its folders and files.
/// </summary>
internal sealed class TopTypes
{
    /// <summary>How many are kept.</summary>
    public const int Most = 12;

    private readonly List<DeclaredType> _types = [];

    /// <summary>At most <see cref="Most"/>, in order.</summary>
    public IReadOnlyList<DeclaredType> Types => _types;

    /// <summary>Takes in some more.</summary>
    public void Add(IReadOnlyList<DeclaredType> types)
    {
        for (var at = 0; at < types.Count; at++) Add(types[at]);
    }

    /// <summary>Names of the first.</summary>
    public IReadOnlyList<string> Names(int count) => [.. _types.Take(count).Select(type => type.Name)];

    private void Add(DeclaredType type)
    {
        if (_types.Count == Most && Compare(type, _types[^1]) >= 0) return;
        if (_types.FindIndex(kept => kept.Name == type.Name) is var same and >= 0)
        {
            if (Compare(type, _types[same]) >= 0) return;
            _types.RemoveAt(same);
        }
        var place = _types.FindIndex(kept => Compare(type, kept) < 0);
        _types.Insert(place < 0 ? _types.Count : place, type);
        if (_types.Count > Most) _types.RemoveAt(Most);
    }

    private static int Compare(DeclaredType a, DeclaredType b) =>
        a.Mentions != b.Mentions ? b.Mentions.CompareTo(a.Mentions) : a.Lines != b.Lines ? b.Lines.CompareTo(a.Lines) : string.CompareOrdinal(a.Name, b.Name);
}
