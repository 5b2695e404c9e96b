namespace Rlm.Context.Files;

/// <summary>
/// What the file system says about one version of a file. Two equal stamps mean: not changed since.
/// </summary>
/// <param name="Bytes">Size in bytes.</param>
/// <param name="ModifiedNs">Last write, nanoseconds since 1970 UTC (as fine as the system gives it).</param>
/// <param name="ChangedNs">Last change of the inode, nanoseconds since 1970 UTC; 0 where the system has none.</param>
/// <param name="FileId">Inode number; 0 where the system has none.</param>
public readonly record struct FileStamp(long Bytes, long ModifiedNs, long ChangedNs, ulong FileId)
{
    // Kernels move their clock of files every 1 to 10 ms; file systems that know only whole seconds, or two, show it by their zeros.
    private const long Tick = 20_000_000, CoarseTick = 2_100_000_000, Second = 1_000_000_000;

    /// <summary>After so much quiet every stamp is settled, whatever the file system.</summary>
    public static readonly TimeSpan LongestToSettle = TimeSpan.FromSeconds(2.2);

    /// <summary>
    /// True when a file that was read no earlier than <paramref name="readAt"/> under this stamp is unchanged as long as the stamp is. False when it had been
    /// written so shortly before that another write in the same tick of the clock would leave the same stamp ("racy git" is the known name): it must be read again.
    /// <paramref name="readAt"/> must come from the clock of the system, taken before the reading.
    /// </summary>
    public bool IsSettled(DateTimeOffset readAt)
    {
        var changed = ChangedNs != 0 ? ChangedNs : ModifiedNs;
        return changed + (changed % Second == 0 ? CoarseTick : Tick) < (readAt - DateTimeOffset.UnixEpoch).Ticks * 100;
    }
}
