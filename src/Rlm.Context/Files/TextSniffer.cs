namespace Rlm.Context.Files;

/// <summary>Tells text from binary by a file's first bytes.</summary>
public static class TextSniffer
{
    /// <summary>How many first bytes are looked at.</summary>
    public const int HeadBytes = 8 << 10;

    /// <summary>True for a NUL among the first <see cref="HeadBytes"/> without a UTF-16 mark in front. An empty file is text.</summary>
    public static bool IsBinary(ReadOnlySpan<byte> head)
    {
        if (head is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) return false;
        return head[..Math.Min(head.Length, HeadBytes)].Contains((byte)0);
    }
}
