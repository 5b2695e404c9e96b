using System.Buffers.Binary;
using Rlm.Context.Search.Planning;

namespace Rlm.Context.Index.Segments;

/// <summary>
/// The last block of a segment of files: what is where. In the file come first the texts, as they are; then, in checked blocks from which offsets count: a record for each file
/// (<see cref="FileRecord"/>), its place (<see cref="FilePlace"/>), their paths, posting lists (the first document, then each distance less one, as base-128 numbers), the dictionary
/// (<see cref="TrigramEntry"/>, ascending, whole ones in each block, from a block's beginning), and the first trigram of each dictionary block.
/// </summary>
internal readonly record struct FileSegmentFooter(int Files, int Trigrams, long Paths, long Postings, long Dictionary, long Fences)
{
    private const uint Magic = 0x464D4C52; // RLMF
    private const int Bytes = 48, EntriesPerBlock = CheckedWriter.BlockBytes / TrigramEntry.Bytes;

    /// <summary>How many blocks the dictionary has.</summary>
    public int DictionaryBlocks => (Trigrams + EntriesPerBlock - 1) / EntriesPerBlock;

    /// <summary>How many dictionary entries one of its blocks has.</summary>
    public int EntriesIn(int block) => Math.Min(EntriesPerBlock, Trigrams - (block * EntriesPerBlock));

    public void WriteTo(CheckedWriter writer)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[4..], Files);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], Trigrams);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[12..], 0);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], Paths);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[24..], Postings);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[32..], Dictionary);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[40..], Fences);
        writer.Align();
        writer.Write(bytes);
    }

    /// <exception cref="IndexDamagedException">It is none, or describes what cannot be.</exception>
    public static FileSegmentFooter ReadFrom(CheckedReader reader)
    {
        var end = reader.Length - CheckedWriter.BlockBytes;
        ReadOnlySpan<byte> bytes = reader.BlockAt(end);
        var footer = new FileSegmentFooter(
            BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]), BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[32..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[40..]));
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic || !footer.Fits(end)) throw new IndexDamagedException("a segment's footer makes no sense");
        return footer;
    }

    private bool Fits(long end) => Files >= 0 && Trigrams is >= 0 and <= Trigram.Count + 1 && Dictionary <= end && Paths == (long)Files * (FileRecord.Bytes + FilePlace.Bytes) && Postings >= Paths && Dictionary >= Postings
        && Dictionary % CheckedWriter.BlockBytes == 0 && Fences == Dictionary + ((long)DictionaryBlocks * CheckedWriter.BlockBytes) && Fences + ((long)DictionaryBlocks * sizeof(uint)) <= end;
}
