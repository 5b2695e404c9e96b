using System.Buffers.Binary;

namespace Rlm.Context.Index.Segments;

/// <summary>
/// The last block of a segment of contents: what is where. In the file come first the outlines; then, in checked blocks from which offsets count: the posting lists of terms (the first
/// unit, then each distance less one, as base-128 numbers, each followed by the impact), the dictionary of terms (<see cref="TermEntry"/>, ascending, from a block's beginning), the first term
/// of each dictionary block, the names in the order of their UTF-8 bytes (<see cref="NameStream"/>), where each <see cref="NamesPerFence"/>th name starts, and a record for each content (<see cref="ContentRecord"/>).
/// </summary>
internal readonly record struct ContentSegmentFooter(int Contents, int Units, int Symbols, int Terms, int Names, long Dictionary, long TermFences, long FirstName, long NameFences, long Records)
{
    /// <summary>How many names are gone through, at most, to find one.</summary>
    public const int NamesPerFence = 32;

    /// <summary>How many entries a block of the dictionary of terms has.</summary>
    public const int EntriesPerBlock = CheckedWriter.BlockBytes / TermEntry.Bytes;

    private const uint Magic = 0x434D4C52; // RLMC
    private const int Bytes = 64;

    /// <summary>How many blocks the dictionary of terms has.</summary>
    public int DictionaryBlocks => (int)((Terms + (long)EntriesPerBlock - 1) / EntriesPerBlock);

    /// <summary>How many names have their places noted.</summary>
    public int FencedNames => (int)((Names + (long)NamesPerFence - 1) / NamesPerFence);

    public void WriteTo(CheckedWriter writer)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Magic);
        ReadOnlySpan<int> counts = [Contents, Units, Symbols, Terms, Names];
        for (var index = 0; index < counts.Length; index++) BinaryPrimitives.WriteInt32LittleEndian(bytes[(4 + (4 * index))..], counts[index]);
        ReadOnlySpan<long> places = [Dictionary, TermFences, FirstName, NameFences, Records];
        for (var index = 0; index < places.Length; index++) BinaryPrimitives.WriteInt64LittleEndian(bytes[(24 + (8 * index))..], places[index]);
        writer.Align();
        writer.Write(bytes);
    }

    /// <exception cref="IndexDamagedException">It is none, or describes what cannot be.</exception>
    public static ContentSegmentFooter ReadFrom(CheckedReader reader)
    {
        var end = reader.Length - CheckedWriter.BlockBytes;
        var bytes = reader.BlockAt(end);
        var footer = new ContentSegmentFooter(Count(0), Count(1), Count(2), Count(3), Count(4), Place(0), Place(1), Place(2), Place(3), Place(4));
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic || !footer.Fits(end)) throw new IndexDamagedException("a segment's footer makes no sense");
        return footer;

        int Count(int index) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(4 + (4 * index)));
        long Place(int index) => BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(24 + (8 * index)));
    }

    private bool Fits(long end) => Contents >= 0 && Units >= 0 && Symbols >= 0 && Terms >= 0 && Names >= 0
        && Dictionary >= 0 && Dictionary <= end && Dictionary % CheckedWriter.BlockBytes == 0 && TermFences == Dictionary + ((long)DictionaryBlocks * CheckedWriter.BlockBytes)
        && FirstName == TermFences + ((long)DictionaryBlocks * sizeof(ulong)) && NameFences >= FirstName && NameFences <= end && Names <= NameFences - FirstName
        && Records == NameFences + ((long)FencedNames * sizeof(long)) && Records + ((long)Contents * ContentRecord.Bytes) <= end;
}
