using Rlm.Context.Index.Storage;

namespace Rlm.Context.Index.Segments;

/// <summary>Reads blobs, each at once and straight to where it is wanted. Safe to use from many threads.</summary>
/// <param name="file">The segment's file.</param>
/// <param name="end">Where its blobs end.</param>
internal sealed class BlobReader(IIndexFile file, long end)
{
    /// <summary>Reads a blob to the start of a buffer, which is exchanged when it is too small.</summary>
    /// <exception cref="IndexDamagedException">It is not as it was written.</exception>
    public void Read(Blob blob, ref byte[] buffer)
    {
        Check(blob);
        if (buffer.Length < blob.Length) buffer = GC.AllocateUninitializedArray<byte>(Math.Max(blob.Length, (int)Math.Min(Array.MaxLength, Math.Min(end, buffer.Length * 2L))));
        var bytes = buffer.AsSpan(0, blob.Length);
        file.ReadWhole(bytes, blob.Start);
        if (Checksum.Of(bytes) != blob.Checksum) throw Damaged();
    }

    /// <summary>Reads some of a blob, which is not checked.</summary>
    public void ReadPart(Blob blob, int offset, Span<byte> part)
    {
        Check(blob);
        file.ReadWhole(part, blob.Start + offset);
    }

    /// <summary>What is thrown for a blob that is not as it was written.</summary>
    public static IndexDamagedException Damaged() => new("a text's or an outline's checksum is wrong");

    private void Check(Blob blob)
    {
        if (blob.Start < 0 || blob.Length < 0 || blob.Start > end - blob.Length) throw new IndexDamagedException("a text or an outline lies outside");
    }
}
