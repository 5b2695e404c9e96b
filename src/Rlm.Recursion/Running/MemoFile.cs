using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Rlm.Recursion.Running;

/// <summary>A value that is kept under a key: a line with the SHA-256 of key and value, then the value in UTF-16, which holds every text as it is.</summary>
internal static class MemoFile
{
    private const int HeadLength = 6 + 64 + 1;

    /// <summary>The bytes of a file.</summary>
    public static byte[] Write(string key, string value)
    {
        var text = Bytes(value);
        return [.. "memo1 "u8, .. Sum(key, text), (byte)'\n', .. text];
    }

    /// <summary>The value; null when the file is not whole, or another key's.</summary>
    public static string? Read(string key, ReadOnlySpan<byte> file)
    {
        if (file.Length < HeadLength || (file.Length - HeadLength) % 2 != 0 || !file.StartsWith("memo1 "u8) || file[HeadLength - 1] != '\n') return null;
        var text = file[HeadLength..];
        return file[6..(HeadLength - 1)].SequenceEqual(Sum(key, text)) ? new(MemoryMarshal.Cast<byte, char>(text)) : null;
    }

    private static byte[] Sum(string key, ReadOnlySpan<byte> text)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(SHA256.HashData(Bytes(key)));
        hash.AppendData(text);
        return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static byte[] Bytes(string text) => MemoryMarshal.AsBytes(text.AsSpan()).ToArray();
}
