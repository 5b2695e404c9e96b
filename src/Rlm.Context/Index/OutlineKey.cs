using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Rlm.Context.Files;

namespace Rlm.Context.Index;

/// <summary>Names an outlined content: what the outline depends on, which is the bytes and how they are read.</summary>
internal static class OutlineKey
{
    /// <summary>Goes up whenever outlines, units or terms come out otherwise: what was kept before is then made anew.</summary>
    public const int Version = 2;

    /// <summary>The key.</summary>
    /// <param name="content">As in <see cref="IndexedFile"/>.</param>
    /// <param name="path">For its ending.</param>
    /// <param name="language">As <see cref="Languages"/> has it.</param>
    public static UInt128 Of(UInt128 content, RepoPath path, string language)
    {
        var isScript = path.Name.EndsWith(".csx", StringComparison.OrdinalIgnoreCase);
        return content ^ Ways.GetOrAdd((language, isScript), way => Read(SHA256.HashData(Encoding.UTF8.GetBytes($"{Version} {way.Language} {way.IsScript}"))));
    }

    /// <summary>The first 128 bits of a file's hash.</summary>
    public static UInt128 ContentOf(ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, digest);
        return Read(digest);
    }

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<(string Language, bool IsScript), UInt128> Ways = new();

    private static UInt128 Read(ReadOnlySpan<byte> digest) => BinaryPrimitives.ReadUInt128BigEndian(digest);
}
