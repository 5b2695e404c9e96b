using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Rlm.Context.Files.Walking;

/// <summary>
/// The version of a tree: SHA-256 over the digests of its folders in path order, each over the paths, sizes and times of its covered
/// files. Folders are hashed where they are walked, so the last step is short.
/// </summary>
internal sealed class VersionHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

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

    /// <summary>Takes the next folder.</summary>
    public void Add(RepoPath folder, byte[] digest)
    {
        _hash.AppendData(MemoryMarshal.AsBytes(folder.Value.AsSpan()));
        _hash.AppendData(digest);
    }

    /// <summary>Eight hex digits.</summary>
    public string Finish() => Convert.ToHexStringLower(_hash.GetHashAndReset().AsSpan(0, 4));

    public void Dispose() => _hash.Dispose();
}
