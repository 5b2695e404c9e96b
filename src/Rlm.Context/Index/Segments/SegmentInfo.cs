namespace Rlm.Context.Index.Segments;

/// <summary>What the manifest says about a segment.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Seal">The checksum over its checksums.</param>
/// <param name="Files">How many files it has, replaced and removed ones included.</param>
/// <param name="Pairs">How many postings.</param>
internal readonly record struct SegmentInfo(ulong Id, long Length, uint Seal, int Files, long Pairs);
