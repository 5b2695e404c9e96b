using System.Buffers.Binary;

namespace Rlm.Context.Index.Segments;

/// <summary>Where bytes lie that are read at once and checked on their own: a text, an outline.</summary>
/// <param name="Start">Where they start in the segment's file.</param>
/// <param name="Length">How many; negative for none, which is not the same as an empty text.</param>
/// <param name="Checksum">Their checksum.</param>
internal readonly record struct Blob(long Start, int Length, uint Checksum)
{
    /// <summary>No bytes were kept.</summary>
    public static readonly Blob None = new(0, -1, 0);

    /// <summary>Its size in the file.</summary>
    public const int Bytes = 16;

    public void WriteTo(Span<byte> bytes)
    {
        BinaryPrimitives.WriteInt64LittleEndian(bytes, Start);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], Length);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[12..], Checksum);
    }

    public static Blob ReadFrom(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadInt64LittleEndian(bytes), BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]), BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]));
}
