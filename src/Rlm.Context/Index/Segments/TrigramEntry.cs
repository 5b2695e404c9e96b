using System.Buffers.Binary;
using Rlm.Context.Search.Planning;

namespace Rlm.Context.Index.Segments;

/// <summary>An entry of a segment's dictionary.</summary>
/// <param name="Trigram">The trigram, or <see cref="Always"/>.</param>
/// <param name="Count">How many documents have it; at least one.</param>
/// <param name="Start">Where their list starts, from that of the first list; for a single document, the document itself.</param>
internal readonly record struct TrigramEntry(uint Trigram, int Count, uint Start)
{
    /// <summary>Stands, behind all trigrams, for the documents that are always candidates.</summary>
    public const uint Always = Search.Planning.Trigram.Count;

    /// <summary>Its size in the file.</summary>
    public const int Bytes = 12;

    public void WriteTo(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Trigram);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[4..], Count);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[8..], Start);
    }

    public static TrigramEntry ReadFrom(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt32LittleEndian(bytes), BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]), BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]));
}
