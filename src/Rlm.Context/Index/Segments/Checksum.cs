using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Rlm.Context.Index.Segments;

/// <summary>CRC-32C (Castagnoli), in hardware where there is some. Finds damage; it is no proof against forgery.</summary>
internal static class Checksum
{
    /// <summary>What <see cref="Add"/> begins with; its complement after the last bytes is the checksum.</summary>
    public const uint Start = uint.MaxValue;

    /// <summary>The checksum of bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes) => ~Add(Start, bytes);

    /// <summary>Goes on with a checksum that is made piece by piece.</summary>
    public static uint Add(uint running, ReadOnlySpan<byte> bytes)
    {
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes)) running = BitOperations.Crc32C(running, BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word));
        foreach (var value in bytes[(bytes.Length & ~7)..]) running = BitOperations.Crc32C(running, value);
        return running;
    }
}
