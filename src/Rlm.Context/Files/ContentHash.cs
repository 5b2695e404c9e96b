using System.Security.Cryptography;
using System.Text;

namespace Rlm.Context.Files;

/// <summary>Short content hashes: the first 32 bits of SHA-256, as 8 lower-case hex digits. They detect change; they are no proof against forgery.</summary>
public static class ContentHash
{
    /// <summary>Hash of a text's UTF-8 bytes.</summary>
    public static string Of(ReadOnlySpan<char> text)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> buffer = stackalloc byte[4096];
        var encoder = Encoding.UTF8.GetEncoder();
        while (!text.IsEmpty)
        {
            encoder.Convert(text, buffer, flush: false, out var used, out var written, out _);
            hash.AppendData(buffer[..written]);
            text = text[used..];
        }
        encoder.Convert([], buffer, flush: true, out _, out var last, out _);
        hash.AppendData(buffer[..last]);
        return Short(hash.GetCurrentHash());
    }

    /// <summary>Hash of bytes.</summary>
    public static string Of(ReadOnlySpan<byte> bytes) => Short(SHA256.HashData(bytes));

    private static string Short(ReadOnlySpan<byte> digest) => Convert.ToHexStringLower(digest[..4]);
}
