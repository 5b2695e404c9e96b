using Rlm.Context.Index.Storage;

namespace Rlm.Context.Index.Segments;

/// <summary>
/// A segment that is open for reading. Several generations share one; each holds it and disposes it once, and the last closes the file.
/// One that is never disposed closes its file when it is collected. Safe to use from many threads.
/// </summary>
internal abstract class SegmentReader : IDisposable
{
    private readonly IIndexFile _file;
    private int _holders = 1;

    /// <summary>Takes over the file, once all is well.</summary>
    /// <exception cref="IndexDamagedException">It is not the file that the manifest means.</exception>
    protected SegmentReader(IIndexFile file, SegmentInfo info)
    {
        (_file, Info) = (file, info);
        if (info.BlobBytes > info.Length) throw new IndexDamagedException("a segment has another length");
        Blocks = new(file, info.BlobBytes, info.Length, info.Seal);
        Blobs = new(file, info.BlobBytes);
    }

    /// <summary>What the manifest says about it.</summary>
    public SegmentInfo Info { get; }

    /// <summary>Its blobs.</summary>
    public BlobReader Blobs { get; }

    /// <summary>Its blocks.</summary>
    protected CheckedReader Blocks { get; }

    /// <summary>Holds it once more; false when it is closed already.</summary>
    public bool TryHold()
    {
        for (var holders = Volatile.Read(ref _holders); holders > 0; holders = Volatile.Read(ref _holders))
            if (Interlocked.CompareExchange(ref _holders, holders + 1, holders) == holders) return true;
        return false;
    }

    /// <summary>Reads everything.</summary>
    /// <exception cref="IndexDamagedException">Something is not as it was written.</exception>
    public void Verify(CancellationToken cancellationToken)
    {
        using (var stream = new ByteStream(Blocks, 0, Blocks.Length, isLong: true))
            for (ReadOnlySpan<byte> window; !(window = stream.Peek()).IsEmpty; stream.Skip(window.Length)) cancellationToken.ThrowIfCancellationRequested();
        byte[] buffer = [];
        for (var item = 0; item < Info.Items; item++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (BlobOf(item) is { Length: >= 0 } blob) Blobs.Read(blob, ref buffer);
        }
    }

    /// <summary>The blob of a file or content.</summary>
    public abstract Blob BlobOf(int item);

    public void Dispose()
    {
        if (Interlocked.Decrement(ref _holders) == 0) _file.Dispose();
    }
}
