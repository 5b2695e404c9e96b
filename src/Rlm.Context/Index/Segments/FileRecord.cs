using System.Buffers.Binary;

namespace Rlm.Context.Index.Segments;

/// <summary>A file's version as a segment stores it, in records of one size that lie side by side, so that all are read in a few milliseconds.</summary>
internal static class FileRecord
{
    /// <summary>Its size in the file; a block holds a whole number of them.</summary>
    public const int Bytes = 64;

    public static void Write(in FileVersion version, Span<byte> bytes)
    {
        BinaryPrimitives.WriteInt64LittleEndian(bytes, version.Stamp.Bytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], version.Stamp.ModifiedNs);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], version.Stamp.ChangedNs);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], version.Stamp.FileId);
        BinaryPrimitives.WriteUInt128LittleEndian(bytes[32..], version.Content);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[48..], version.PathHash);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[56..], (int)version.Flags);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[60..], 0);
    }

    public static FileVersion Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[48..]),
        new(BinaryPrimitives.ReadInt64LittleEndian(bytes), BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]), BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..])),
        BinaryPrimitives.ReadUInt128LittleEndian(bytes[32..]),
        (IndexedFileFlags)BinaryPrimitives.ReadInt32LittleEndian(bytes[56..]));
}
