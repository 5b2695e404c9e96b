using System.Buffers.Binary;
using Rlm.Context.Files;

namespace Rlm.Context.Index.Segments;

/// <summary>A file as a segment stores it; its path lies elsewhere.</summary>
internal readonly record struct FileRecord(FileStamp Stamp, UInt128 Content, IndexedFileFlags Flags, int PathLength, long PathStart)
{
    /// <summary>Its size in the file.</summary>
    public const int Bytes = 64;

    /// <summary>A path's bytes; longer ones cannot be.</summary>
    public const int MaxPathBytes = 64 << 10;

    public void WriteTo(Span<byte> bytes)
    {
        BinaryPrimitives.WriteInt64LittleEndian(bytes, Stamp.Bytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], Stamp.ModifiedNs);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], Stamp.ChangedNs);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], Stamp.FileId);
        BinaryPrimitives.WriteUInt128LittleEndian(bytes[32..], Content);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[48..], PathLength);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[52..], PathStart);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[60..], (int)Flags);
    }

    public static FileRecord ReadFrom(ReadOnlySpan<byte> bytes) => new(
        new(BinaryPrimitives.ReadInt64LittleEndian(bytes), BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]), BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..])),
        BinaryPrimitives.ReadUInt128LittleEndian(bytes[32..]),
        (IndexedFileFlags)BinaryPrimitives.ReadInt32LittleEndian(bytes[60..]),
        BinaryPrimitives.ReadInt32LittleEndian(bytes[48..]),
        BinaryPrimitives.ReadInt64LittleEndian(bytes[52..]));
}
