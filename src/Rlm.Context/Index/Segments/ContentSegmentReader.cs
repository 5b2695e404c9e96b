using System.Buffers.Binary;
using Rlm.Context.Index.Storage;

namespace Rlm.Context.Index.Segments;

/// <summary>Reads one segment of contents. Safe to use from many threads.</summary>
internal sealed class ContentSegmentReader : SegmentReader
{
    // From so many postings on, a list is longer than a block and read past those that are kept.
    private const int LongList = CheckedWriter.BlockBytes / 2;

    private readonly ContentSegmentFooter _footer;
    private ContentTable? _table;
    private ulong[]? _termFences, _nameFences;

    /// <summary>Takes over the file, once all is well.</summary>
    /// <exception cref="IndexDamagedException">It is not the segment that the manifest means.</exception>
    public ContentSegmentReader(IIndexFile file, SegmentInfo info) : base(file, info)
    {
        _footer = ContentSegmentFooter.ReadFrom(Blocks);
        if (_footer.Contents != info.Items) throw new IndexDamagedException("a segment has another number of contents");
    }

    /// <summary>How many units its contents have.</summary>
    public int Units => _footer.Units;

    /// <summary>Where what lies, for those who measure.</summary>
    public ContentSegmentFooter Footer => _footer;

    /// <summary>Its contents; read when first asked for.</summary>
    public ContentTable Table => _table ??= ReadTable();

    public override Blob BlobOf(int item)
    {
        if ((uint)item >= (uint)_footer.Contents) throw new ArgumentOutOfRangeException(nameof(item));
        Span<byte> bytes = stackalloc byte[ContentRecord.Bytes];
        Blocks.Read(bytes, _footer.Records + ((long)item * ContentRecord.Bytes));
        return ContentRecord.ReadFrom(bytes).Outline;
    }

    /// <summary>The dictionary's entry of a term; null when no unit has it.</summary>
    public TermEntry? Find(ulong term)
    {
        var fences = _termFences ??= ReadFences(_footer.TermFences, _footer.DictionaryBlocks);
        var block = Array.BinarySearch(fences, term);
        if (block < 0) block = ~block - 1;
        if (block < 0) return null;
        var entries = DictionaryBlock(block);
        int low = 0, high = EntriesIn(block) - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var found = TermEntry.TermOf(entries[(middle * TermEntry.Bytes)..]);
            if (found == term) return EntryAt(entries, middle);
            if (found < term) low = middle + 1;
            else high = middle - 1;
        }
        return null;
    }

    /// <summary>The dictionary of terms, ascending.</summary>
    public IEnumerable<TermEntry> Terms()
    {
        ulong? last = null;
        for (var block = 0; block < _footer.DictionaryBlocks; block++)
            for (var index = 0; index < EntriesIn(block); index++)
            {
                var entry = EntryAt(DictionaryBlock(block), index);
                if (entry.Term <= last) throw new IndexDamagedException("the dictionary is not in order");
                last = entry.Term;
                yield return entry;
            }
    }

    /// <summary>The postings of a term.</summary>
    public UnitCursor Postings(TermEntry entry) =>
        new(entry, Units, entry.Count == 1 ? null : new(Blocks, entry.Start, _footer.Dictionary, isLong: entry.Count >= LongList), owns: true);

    /// <summary>The postings of all terms, for <see cref="Postings(TermEntry, ByteStream)"/> one after another.</summary>
    public ByteStream AllPostings() => new(Blocks, 0, _footer.Dictionary, isLong: true);

    /// <summary>The postings of a term, which comes after the last one that was asked for.</summary>
    public UnitCursor Postings(TermEntry entry, ByteStream all)
    {
        if (entry.Count > 1) all.Skip(entry.Start - all.Position);
        return new(entry, Units, entry.Count == 1 ? null : all, owns: false);
    }

    /// <summary>All names.</summary>
    public NameStream Names() => new(new(Blocks, _footer.FirstName, _footer.NameFences, isLong: true), _footer.Names, _footer.Symbols);

    /// <summary>The symbols with a name, ascending.</summary>
    /// <param name="name">In UTF-8.</param>
    public int[] SymbolsNamed(ReadOnlySpan<byte> name)
    {
        var fences = _nameFences ??= ReadFences(_footer.NameFences, _footer.FencedNames);
        int low = 0, high = fences.Length;
        // The last part that does not begin behind the name.
        while (low + 1 < high)
        {
            var middle = (low + high) >>> 1;
            using var first = NamesFrom(fences, middle);
            first.MoveNext();
            if (first.Name.SequenceCompareTo(name) <= 0) low = middle;
            else high = middle;
        }
        if (low == fences.Length) return [];
        using var names = NamesFrom(fences, low);
        while (names.MoveNext())
            if (names.Name.SequenceEqual(name)) return names.ReadSymbols();
        return [];
    }

    private NameStream NamesFrom(ulong[] fences, int part)
    {
        if (fences[part] > (ulong)(_footer.NameFences - _footer.FirstName)) throw new IndexDamagedException("a name lies outside");
        var count = Math.Min(ContentSegmentFooter.NamesPerFence, _footer.Names - (part * ContentSegmentFooter.NamesPerFence));
        return new(new(Blocks, _footer.FirstName + (long)fences[part], _footer.NameFences, isLong: false), count, _footer.Symbols);
    }

    private ContentTable ReadTable()
    {
        using var records = new ByteStream(Blocks, _footer.Records, _footer.Records + ((long)_footer.Contents * ContentRecord.Bytes), isLong: true);
        return new(records, _footer);
    }

    private int EntriesIn(int block) => Math.Min(ContentSegmentFooter.EntriesPerBlock, _footer.Terms - (block * ContentSegmentFooter.EntriesPerBlock));

    private ReadOnlySpan<byte> DictionaryBlock(int block) => Blocks.BlockAt(_footer.Dictionary + ((long)block * CheckedWriter.BlockBytes));

    private TermEntry EntryAt(ReadOnlySpan<byte> block, int index)
    {
        var entry = TermEntry.ReadFrom(block[(index * TermEntry.Bytes)..]);
        var isSane = entry.Count == 1 ? entry.Start < (uint)Units && entry.Impact > 0 : entry.Count > 1 && entry.Count <= Units && entry.Start < _footer.Dictionary;
        return isSane ? entry : throw new IndexDamagedException("a dictionary entry makes no sense");
    }

    private ulong[] ReadFences(long start, int count)
    {
        var fences = new ulong[count];
        var bytes = System.Runtime.InteropServices.MemoryMarshal.AsBytes(fences.AsSpan());
        Blocks.Read(bytes, start);
        if (!BitConverter.IsLittleEndian) BinaryPrimitives.ReverseEndianness(fences, fences);
        return fences;
    }
}
