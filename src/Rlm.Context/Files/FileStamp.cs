namespace Rlm.Context.Files;

/// <summary>
/// What the file system says about one version of a file. Two equal stamps mean: not changed since.
/// </summary>
/// <param name="Bytes">Size in bytes.</param>
/// <param name="ModifiedNs">Last write, nanoseconds since 1970 UTC (as fine as the system gives it).</param>
/// <param name="ChangedNs">Last change of the inode, nanoseconds since 1970 UTC; 0 where the system has none.</param>
/// <param name="FileId">Inode number; 0 where the system has none.</param>
public readonly record struct FileStamp(long Bytes, long ModifiedNs, long ChangedNs, ulong FileId);
