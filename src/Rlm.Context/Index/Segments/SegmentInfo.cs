namespace Rlm.Context.Index.Segments;

/// <summary>What the manifest says about a segment.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Kind">What is in it.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="BlobBytes">How many of them, from the first, are blobs; behind them lie checked blocks.</param>
/// <param name="Seal">The checksum over the blocks' checksums.</param>
/// <param name="Items">How many files or contents it has, replaced and removed ones included.</param>
/// <param name="Pairs">How many postings.</param>
internal readonly record struct SegmentInfo(ulong Id, SegmentKind Kind, long Length, long BlobBytes, uint Seal, int Items, long Pairs);

/// <summary>What is in a segment.</summary>
internal enum SegmentKind
{
    /// <summary>Files: their texts and trigrams.</summary>
    Files = 1,
    /// <summary>Outlined contents: outlines, units with their terms, names of symbols.</summary>
    Contents = 2,
}
