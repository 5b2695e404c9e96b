using System.Buffers.Binary;

namespace Rlm.Context.Index.Segments;

/// <summary>An entry of the dictionary of terms.</summary>
/// <param name="Term">The term.</param>
/// <param name="Count">In how many units it is; at least one.</param>
/// <param name="Start">Where its list starts; for a single unit, the unit itself.</param>
/// <param name="Impact">The impact in a single unit; else 0.</param>
internal readonly record struct TermEntry(ulong Term, int Count, uint Start, byte Impact)
{
    /// <summary>Its size in the file; a block holds a whole number of them.</summary>
    public const int Bytes = 16;

    private const uint Single = 1u << 31;

    public void WriteTo(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Term);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[8..], Count == 1 ? Single | Impact : (uint)Count);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[12..], Start);
    }

    public static TermEntry ReadFrom(ReadOnlySpan<byte> bytes)
    {
        var count = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        var isSingle = (count & Single) != 0;
        return new(TermOf(bytes), isSingle ? 1 : (int)count, BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]), isSingle ? (byte)count : (byte)0);
    }

    /// <summary>Only the term of an entry.</summary>
    public static ulong TermOf(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt64LittleEndian(bytes);
}
