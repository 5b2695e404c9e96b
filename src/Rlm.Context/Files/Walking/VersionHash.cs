using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Rlm.Context.Files.Walking;

/// <summary>
/// The version of a tree: SHA-256 over the digests of its folders in path order, each over the paths, sizes and times of its covered
/// files. Folders are hashed where they are walked, so the last step is short.
/// </summary>
internal static class VersionHash
{
    private const int PieceBytes = 1 << 16;

    /// <summary>The digest of one folder's files.</summary>
    public static byte[] OfFolder(ReadOnlySpan<FileEntry> files, ArrayBufferWriter<byte> scratch)
    {
        scratch.ResetWrittenCount();
        foreach (var file in files)
        {
            scratch.Write(MemoryMarshal.AsBytes(file.Path.Value.AsSpan()));
            var numbers = scratch.GetSpan(18);
            numbers[..2].Clear(); // ends the path: no name has a NUL
            BinaryPrimitives.WriteInt64LittleEndian(numbers[2..], file.Stamp.Bytes);
            BinaryPrimitives.WriteInt64LittleEndian(numbers[10..], file.Stamp.ModifiedNs);
            scratch.Advance(18);
        }
        return SHA256.HashData(scratch.WrittenSpan);
    }

    /// <summary>The version, eight hex digits, of a tree whose folders come in the order of their paths.</summary>
    public static string OfFolders(List<FolderRecord> folders)
    {
        // Gathered into few large pieces: one call of the hash per folder costs more than the hashing.
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var piece = new ArrayBufferWriter<byte>(PieceBytes);
        foreach (var folder in folders)
        {
            piece.Write(MemoryMarshal.AsBytes(folder.Path.Value.AsSpan()));
            piece.Write(folder.Digest);
            if (piece.WrittenCount < PieceBytes / 2) continue;
            hash.AppendData(piece.WrittenSpan);
            piece.ResetWrittenCount();
        }
        hash.AppendData(piece.WrittenSpan);
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 4));
    }
}
