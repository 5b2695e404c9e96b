using System.Collections;
using System.Collections.Immutable;
using Rlm.Context.Index.Segments;

namespace Rlm.Context.Index;

/// <summary>One segment of a generation: which of its items live in it, and their ids.</summary>
internal sealed class SnapshotPart<T> where T : SegmentReader
{
    private readonly BitArray? _dead;

    private SnapshotPart(T reader, int firstId, ImmutableArray<int> dead)
    {
        (Reader, FirstId, LiveCount) = (reader, firstId, reader.Info.Items - dead.Length);
        if (dead.IsEmpty) return;
        _dead = new(reader.Info.Items);
        foreach (var item in dead) _dead[item] = true;
    }

    /// <summary>The segment.</summary>
    public T Reader { get; }

    /// <summary>The id of its first item.</summary>
    public int FirstId { get; }

    /// <summary>How many of its items live.</summary>
    public int LiveCount { get; }

    /// <summary>Whether some do not.</summary>
    public bool HasDead => _dead is not null;

    /// <summary>The ids of those that live, ascending.</summary>
    public IEnumerable<int> LiveIds => Enumerable.Range(0, Reader.Info.Items).Where(IsLive).Select(item => FirstId + item);

    /// <summary>Whether an item lives.</summary>
    public bool IsLive(int item) => _dead?[item] != true;

    /// <summary>The segments of one kind.</summary>
    /// <exception cref="IndexDamagedException">There are too many items for ids.</exception>
    public static SnapshotPart<T>[] Of(Manifest manifest, SegmentReader[] segments)
    {
        var parts = new List<SnapshotPart<T>>();
        long next = 0;
        for (var index = 0; index < segments.Length; index++)
            if (segments[index] is T reader)
            {
                parts.Add(new(reader, (int)next, manifest.Segments[index].Dead));
                if ((next += reader.Info.Items) > int.MaxValue) throw new IndexDamagedException("there are too many files or contents");
            }
        return [.. parts];
    }

    /// <summary>The part that has an id.</summary>
    public static SnapshotPart<T> Find(SnapshotPart<T>[] parts, int id)
    {
        var (low, high) = (0, parts.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) >>> 1;
            if (parts[middle].FirstId <= id) low = middle;
            else high = middle - 1;
        }
        return high >= 0 && id >= 0 && id - parts[low].FirstId < parts[low].Reader.Info.Items ? parts[low] : throw new ArgumentOutOfRangeException(nameof(id));
    }
}
