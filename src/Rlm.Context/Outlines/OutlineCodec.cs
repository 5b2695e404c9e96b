using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using Rlm.Context.Index;
using Rlm.Context.Index.Segments;

namespace Rlm.Context.Outlines;

/// <summary>
/// Outlines and units as bytes and back: nothing is lost, equal outlines give equal bytes. Form: a byte for the format, a checksum, the plain length, then the plain form
/// (<see cref="OutlineWriter"/>) compressed. Damage is found before anything is unpacked.
/// </summary>
internal static class OutlineCodec
{
    private const byte Format = 1;
    private const int HeaderBytes = 9, MaxPlainBytes = 256 << 20;

    // Brotli brings a dictionary of its own, which small outlines gain by. Quality 5 was as fast as 4 and a fifth smaller than 1.
    private const int Quality = 5, Window = 18;

    /// <summary>The bytes.</summary>
    public static byte[] Encode(ContentOutline content) => Pack(OutlineWriter.Write(content));

    /// <summary>Reads them back whole. About 25 µs for a file of 20 symbols; <see cref="DecodeSymbols"/> is for a few of many.</summary>
    /// <exception cref="IndexDamagedException">They are not what was written.</exception>
    public static ContentOutline Decode(ReadOnlySpan<byte> bytes)
    {
        var plain = Unpack(bytes, ArrayPool<byte>.Shared.Rent, out var length);
        try
        {
            var stored = new StoredSymbols(plain, length);
            return new(stored.ToOutline(), stored.Units);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(plain);
        }
    }

    /// <summary>Reads them back, symbols one by one when they are asked for.</summary>
    /// <exception cref="IndexDamagedException">They are not what was written.</exception>
    public static StoredSymbols DecodeSymbols(ReadOnlySpan<byte> bytes)
    {
        var plain = Unpack(bytes, size => new byte[size], out var length);
        return new(plain, length);
    }

    /// <summary>The plain form with its header, compressed.</summary>
    internal static byte[] Pack(ReadOnlySpan<byte> plain)
    {
        var packed = new byte[HeaderBytes + BrotliEncoder.GetMaxCompressedLength(plain.Length)];
        if (!BrotliEncoder.TryCompress(plain, packed.AsSpan(HeaderBytes), out var written, Quality, Window)) throw new InvalidOperationException("The buffer is large enough by definition.");
        Array.Resize(ref packed, HeaderBytes + written);
        packed[0] = Format;
        BinaryPrimitives.WriteInt32LittleEndian(packed.AsSpan(5), plain.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(packed.AsSpan(1), Checksum.Of(packed.AsSpan(5)));
        return packed;
    }

    private static byte[] Unpack(ReadOnlySpan<byte> bytes, Func<int, byte[]> buffer, out int length)
    {
        if (bytes.Length < HeaderBytes || bytes[0] != Format || BinaryPrimitives.ReadUInt32LittleEndian(bytes[1..]) != Checksum.Of(bytes[5..])) throw Damaged();
        length = BinaryPrimitives.ReadInt32LittleEndian(bytes[5..]);
        if (length is < 0 or > MaxPlainBytes) throw Damaged();
        var plain = buffer(length);
        if (BrotliDecoder.TryDecompress(bytes[HeaderBytes..], plain.AsSpan(0, length), out var written) && written == length) return plain;
        throw Damaged();
    }

    private static IndexDamagedException Damaged() => new("an outline is not what was written");
}
