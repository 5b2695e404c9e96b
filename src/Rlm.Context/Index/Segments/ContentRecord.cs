using System.Buffers.Binary;

namespace Rlm.Context.Index.Segments;

/// <summary>An outlined content as a segment stores it.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Outline">Where its outline lies.</param>
/// <param name="FirstUnit">The number of its first unit in the segment; the next content's is where its units end.</param>
/// <param name="FirstSymbol">The same for its symbols.</param>
internal readonly record struct ContentRecord(UInt128 Key, Blob Outline, int FirstUnit, int FirstSymbol)
{
    /// <summary>Its size in the file.</summary>
    public const int Bytes = 40;

    public void WriteTo(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt128LittleEndian(bytes, Key);
        Outline.WriteTo(bytes[16..]);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[32..], FirstUnit);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[36..], FirstSymbol);
    }

    public static ContentRecord ReadFrom(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt128LittleEndian(bytes), Blob.ReadFrom(bytes[16..]), BinaryPrimitives.ReadInt32LittleEndian(bytes[32..]), BinaryPrimitives.ReadInt32LittleEndian(bytes[36..]));
}
