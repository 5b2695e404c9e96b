using System.Buffers.Binary;
using Rlm.Context.Files;
using Rlm.Context.Index;

namespace Rlm.Context.Lucene;

/// <summary>A file's version as bytes, big-endian: path hash, stamp, content, flags.</summary>
internal static class VersionBytes
{
    private const int Length = (5 * sizeof(ulong)) + 16 + 1;

    /// <summary>The bytes.</summary>
    public static byte[] Of(in IndexedFile file)
    {
        var bytes = new byte[Length];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, FileVersion.HashOf(file.Path));
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(8), file.Stamp.Bytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(16), file.Stamp.ModifiedNs);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(24), file.Stamp.ChangedNs);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(32), file.Stamp.FileId);
        BinaryPrimitives.WriteUInt128BigEndian(bytes.AsSpan(40), file.Content);
        bytes[56] = (byte)file.Flags;
        return bytes;
    }

    /// <summary>Back.</summary>
    /// <exception cref="IndexDamagedException">They are not of this length.</exception>
    public static FileVersion Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length) throw new IndexDamagedException("a file has no version");
        var stamp = new FileStamp(BinaryPrimitives.ReadInt64BigEndian(bytes[8..]), BinaryPrimitives.ReadInt64BigEndian(bytes[16..]), BinaryPrimitives.ReadInt64BigEndian(bytes[24..]), BinaryPrimitives.ReadUInt64BigEndian(bytes[32..]));
        return new(BinaryPrimitives.ReadUInt64BigEndian(bytes), stamp, BinaryPrimitives.ReadUInt128BigEndian(bytes[40..]), (IndexedFileFlags)bytes[56]);
    }
}
