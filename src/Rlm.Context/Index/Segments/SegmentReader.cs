using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Rlm.Context.Index.Segments;

/// <summary>Reads one segment. Safe to use from many threads.</summary>
internal sealed class SegmentReader : IDisposable
{
    private readonly CheckedReader _reader;
    private readonly SegmentFooter _footer;
    private uint[]? _fences;

    /// <summary>Takes over the reader.</summary>
    /// <exception cref="IndexDamagedException">It is not the segment that the manifest means.</exception>
    public SegmentReader(CheckedReader reader, SegmentInfo info)
    {
        _reader = reader;
        _footer = SegmentFooter.ReadFrom(reader);
        if (_footer.Files != info.Files) throw new IndexDamagedException("a segment has another number of files");
    }

    /// <summary>How many documents it has.</summary>
    public int Files => _footer.Files;

    /// <summary>How many different trigrams.</summary>
    public int Trigrams => _footer.Trigrams;

    /// <summary>What was put as a document.</summary>
    public IndexedFile File(int document)
    {
        if ((uint)document >= (uint)Files) throw new ArgumentOutOfRangeException(nameof(document));
        Span<byte> bytes = stackalloc byte[FileRecord.Bytes];
        _reader.Read(bytes, (long)document * FileRecord.Bytes);
        var record = FileRecord.ReadFrom(bytes);
        if (record.PathLength is < 0 or > FileRecord.MaxPathBytes || record.PathStart < _footer.Paths || record.PathStart + record.PathLength > _footer.Postings) throw new IndexDamagedException("a path lies outside");
        var path = new byte[record.PathLength];
        _reader.Read(path, record.PathStart);
        return new(Encoding.UTF8.GetString(path), record.Stamp, record.Content, record.Flags);
    }

    /// <summary>The dictionary's entry of a trigram; null when no document has it.</summary>
    public TrigramEntry? Find(uint trigram)
    {
        var fences = _fences ??= ReadFences();
        var block = Array.BinarySearch(fences, trigram);
        if (block < 0) block = ~block - 1;
        if (block < 0) return null;
        var entries = DictionaryBlock(block);
        int low = 0, high = _footer.EntriesIn(block) - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var entry = EntryAt(entries, middle);
            if (entry.Trigram == trigram) return Checked(entry);
            if (entry.Trigram < trigram) low = middle + 1;
            else high = middle - 1;
        }
        return null;
    }

    /// <summary>The dictionary, ascending.</summary>
    public IEnumerable<TrigramEntry> Entries()
    {
        var last = -1L;
        for (var block = 0; block < _footer.DictionaryBlocks; block++)
            for (var index = 0; index < _footer.EntriesIn(block); index++)
            {
                var entry = Checked(EntryAt(DictionaryBlock(block), index));
                if (entry.Trigram <= last) throw new IndexDamagedException("the dictionary is not in order");
                last = entry.Trigram;
                yield return entry;
            }
    }

    /// <summary>The documents of an entry, from its first.</summary>
    public PostingCursor Postings(TrigramEntry entry) => entry.Count == 1
        ? new(_reader, 0, 0, entry.Count, Files, (int)entry.Start)
        : new(_reader, _footer.Postings + entry.Start, _footer.Dictionary, entry.Count, Files, -1);

    public void Dispose() => _reader.Dispose();

    private TrigramEntry Checked(TrigramEntry entry) =>
        entry.Count >= 1 && entry.Count <= Files && (entry.Count > 1 || entry.Start < (uint)Files) ? entry : throw new IndexDamagedException("a dictionary entry makes no sense");

    private ReadOnlySpan<byte> DictionaryBlock(int block) => _reader.BlockAt(_footer.Dictionary + ((long)block * CheckedWriter.BlockBytes));

    private static TrigramEntry EntryAt(ReadOnlySpan<byte> block, int index) => TrigramEntry.ReadFrom(block[(index * TrigramEntry.Bytes)..]);

    private uint[] ReadFences()
    {
        var fences = new uint[_footer.DictionaryBlocks];
        var bytes = MemoryMarshal.AsBytes(fences.AsSpan());
        _reader.Read(bytes, _footer.Fences);
        if (!BitConverter.IsLittleEndian) BinaryPrimitives.ReverseEndianness(fences, fences);
        return fences;
    }
}
