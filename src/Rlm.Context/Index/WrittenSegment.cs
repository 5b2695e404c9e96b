using System.Collections.Immutable;
using Rlm.Context.Index.Segments;

namespace Rlm.Context.Index;

/// <summary>A segment as its writer sees it.</summary>
internal sealed class WrittenSegment
{
    public WrittenSegment()
    {
    }

    public WrittenSegment(SegmentInfo info, ImmutableArray<int> dead) => (Info, Dead) = (info, [.. dead]);

    /// <summary>The segment, once it is written.</summary>
    public SegmentInfo Info { get; set; }

    /// <summary>Its files or contents that are replaced or removed.</summary>
    public HashSet<int> Dead { get; } = [];

    /// <summary>About how many postings are still good.</summary>
    public long LivePairs => Info.Items == 0 ? 0 : (long)((double)Info.Pairs * (Info.Items - Dead.Count) / Info.Items);
}

/// <summary>Where a file or content is.</summary>
/// <param name="Segment">Its segment, which may be still in the making.</param>
/// <param name="Item">Its number there.</param>
internal readonly record struct WrittenPlace(WrittenSegment Segment, int Item);
