using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Rlm.Context.Files;

namespace Rlm.Context.Index;

/// <summary>Names an outlined content: what the outline depends on, which is the bytes and how they are read.</summary>
internal static class OutlineKey
{
    /// <summary>Goes up whenever outlines, units or terms come out otherwise: what was kept before is then made anew.</summary>
    public const int Version = 3;

    /// <summary>The key.</summary>
    /// <param name="content">As in <see cref="IndexedFile"/>.</param>
    /// <param name="path">For its ending.</param>
    /// <param name="language">As <see cref="Languages"/> has it.</param>
    /// <param name="provider">What outlines the language, with its version and rules; empty for what is built in.</param>
    public static UInt128 Of(UInt128 content, RepoPath path, string language, string provider = "")
    {
        var variant = VariantOf(path);
        return content ^ Ways.GetOrAdd((language, variant, provider), way => Read(SHA256.HashData(Encoding.UTF8.GetBytes($"{Version} {way.Language} {way.Variant} {way.Provider}"))));
    }

    // Endings by which texts of one language are read in different ways.
    private static string VariantOf(RepoPath path) =>
        path.Name.EndsWith(".csx", StringComparison.OrdinalIgnoreCase) ? "script" : path.Name.EndsWith(".h", StringComparison.OrdinalIgnoreCase) ? "header"
        : path.Name.EndsWith(".vb", StringComparison.OrdinalIgnoreCase) ? "net" : "";

    /// <summary>The first 128 bits of a file's hash.</summary>
    public static UInt128 ContentOf(ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, digest);
        return Read(digest);
    }

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<(string Language, string Variant, string Provider), UInt128> Ways = new();

    private static UInt128 Read(ReadOnlySpan<byte> digest) => BinaryPrimitives.ReadUInt128BigEndian(digest);
}
