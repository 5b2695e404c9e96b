using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Rlm.Context.Index.Storage;

namespace Rlm.Context.Index.Segments;

/// <summary>Reads one segment of files. Safe to use from many threads.</summary>
internal sealed class FileSegmentReader : SegmentReader
{
    private readonly FileSegmentFooter _footer;
    private uint[]? _fences;

    /// <summary>Takes over the file, once all is well.</summary>
    /// <exception cref="IndexDamagedException">It is not the segment that the manifest means.</exception>
    public FileSegmentReader(IIndexFile file, SegmentInfo info) : base(file, info)
    {
        _footer = FileSegmentFooter.ReadFrom(Blocks);
        if (_footer.Files != info.Items) throw new IndexDamagedException("a segment has another number of files");
    }

    /// <summary>How many documents it has.</summary>
    public int Files => _footer.Files;

    /// <summary>What was put as a document.</summary>
    public IndexedFile File(int document)
    {
        Span<byte> bytes = stackalloc byte[FileRecord.Bytes];
        var path = Path(document);
        Blocks.Read(bytes, (long)document * FileRecord.Bytes);
        var version = FileRecord.Read(bytes);
        return new(Encoding.UTF8.GetString(path), version.Stamp, version.Content, version.Flags);
    }

    /// <summary>A document's path in UTF-8.</summary>
    public byte[] Path(int document)
    {
        var place = PlaceOf(document);
        if (place.PathLength is < 0 or > FilePlace.MaxPathBytes || place.PathStart < 0 || place.PathStart > _footer.Postings - _footer.Paths - place.PathLength) throw new IndexDamagedException("a path lies outside");
        var path = new byte[place.PathLength];
        Blocks.Read(path, _footer.Paths + place.PathStart);
        return path;
    }

    /// <summary>Tells of all documents, ascending.</summary>
    public void Scan(FileVisitor visit)
    {
        using var stream = new ByteStream(Blocks, 0, (long)Files * FileRecord.Bytes, isLong: Files > CheckedWriter.BlockBytes / FileRecord.Bytes);
        var document = 0;
        for (ReadOnlySpan<byte> window; !(window = stream.Peek()).IsEmpty; stream.Skip(window.Length))
            for (var at = 0; at < window.Length; at += FileRecord.Bytes) visit(document++, FileRecord.Read(window[at..]));
    }

    public override Blob BlobOf(int item) => PlaceOf(item).Text;

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
        ? new(Blocks, 0, 0, entry.Count, Files, (int)entry.Start)
        : new(Blocks, _footer.Postings + entry.Start, _footer.Dictionary, entry.Count, Files, -1);

    private FilePlace PlaceOf(int document)
    {
        if ((uint)document >= (uint)Files) throw new ArgumentOutOfRangeException(nameof(document));
        Span<byte> bytes = stackalloc byte[FilePlace.Bytes];
        Blocks.Read(bytes, ((long)Files * FileRecord.Bytes) + ((long)document * FilePlace.Bytes));
        return FilePlace.ReadFrom(bytes);
    }

    private TrigramEntry Checked(TrigramEntry entry) =>
        entry.Count >= 1 && entry.Count <= Files && (entry.Count > 1 || entry.Start < (uint)Files) ? entry : throw new IndexDamagedException("a dictionary entry makes no sense");

    private ReadOnlySpan<byte> DictionaryBlock(int block) => Blocks.BlockAt(_footer.Dictionary + ((long)block * CheckedWriter.BlockBytes));

    private static TrigramEntry EntryAt(ReadOnlySpan<byte> block, int index) => TrigramEntry.ReadFrom(block[(index * TrigramEntry.Bytes)..]);

    private uint[] ReadFences()
    {
        var fences = new uint[_footer.DictionaryBlocks];
        var bytes = MemoryMarshal.AsBytes(fences.AsSpan());
        Blocks.Read(bytes, _footer.Fences);
        if (!BitConverter.IsLittleEndian) BinaryPrimitives.ReverseEndianness(fences, fences);
        return fences;
    }
}
