using System.Buffers.Binary;

namespace Rlm.Context.Index.Segments;

/// <summary>Where a file's text and path lie in its segment.</summary>
/// <param name="Text">The text.</param>
/// <param name="PathStart">Where its path starts, from that of the first file.</param>
/// <param name="PathLength">In bytes of UTF-8.</param>
internal readonly record struct FilePlace(Blob Text, long PathStart, int PathLength)
{
    /// <summary>Its size in the file.</summary>
    public const int Bytes = 32;

    /// <summary>A path's bytes; longer ones cannot be.</summary>
    public const int MaxPathBytes = 64 << 10;

    public void WriteTo(Span<byte> bytes)
    {
        Text.WriteTo(bytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], PathStart);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[24..], PathLength);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[28..], 0);
    }

    public static FilePlace ReadFrom(ReadOnlySpan<byte> bytes) => new(Blob.ReadFrom(bytes), BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]), BinaryPrimitives.ReadInt32LittleEndian(bytes[24..]));
}
