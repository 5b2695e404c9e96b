using System.Security.Cryptography;

namespace Rlm.Recursion.Storage;

/// <summary>A line of JSON that proves itself: <c>{"sum":"16 hex digits","of":…}</c>, the sum being the first 64 bits of the SHA-256 of the exact bytes after <c>"of":</c>.</summary>
internal static class SealedJson
{
    private const int SumAt = 8, SumLength = 16, BodyAt = SumAt + SumLength + 7;

    /// <summary>The line for a JSON value, without a line end.</summary>
    /// <param name="json">One JSON value in UTF-8 without line breaks.</param>
    public static byte[] Seal(ReadOnlySpan<byte> json) => [.. "{\"sum\":\""u8, .. Sum(json), .. "\",\"of\":"u8, .. json, .. "}"u8];

    /// <summary>Takes the value out of a line.</summary>
    /// <returns>False when the line is not exactly what was sealed.</returns>
    public static bool TryOpen(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> json)
    {
        json = default;
        if (line.Length <= BodyAt || line[^1] != '}' || !line.StartsWith("{\"sum\":\""u8) || !line[(SumAt + SumLength)..].StartsWith("\",\"of\":"u8)) return false;
        json = line[BodyAt..^1];
        return line.Slice(SumAt, SumLength).SequenceEqual(Sum(json));
    }

    private static byte[] Sum(ReadOnlySpan<byte> json)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(json, hash);
        return System.Text.Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash[..8]));
    }
}
