using System.Buffers.Binary;
using System.Text;
using Rlm.Context.Index.Storage;

namespace Rlm.Context.Index.Segments;

/// <summary>Writes one segment (<see cref="SegmentFooter"/> tells its layout) from first to last: the files, then the posting lists in ascending order, then the end.</summary>
internal sealed class SegmentWriter
{
    private readonly CheckedWriter _writer;
    private readonly IReadOnlyList<IndexedFile> _files;
    private readonly List<TrigramEntry> _dictionary = [];
    private readonly long _paths, _postings;
    private long _pairs;

    /// <summary>Writes the files; their places in the list are their document numbers.</summary>
    public SegmentWriter(IIndexOutput output, IReadOnlyList<IndexedFile> files)
    {
        (_writer, _files) = (new(output), files);
        _paths = (long)files.Count * FileRecord.Bytes;
        var next = _paths;
        Span<byte> record = stackalloc byte[FileRecord.Bytes];
        foreach (var file in files)
        {
            var length = Encoding.UTF8.GetByteCount(file.Path);
            new FileRecord(file.Stamp, file.Content, file.Flags, length, next).WriteTo(record);
            _writer.Write(record);
            next += length;
        }
        foreach (var file in files) _writer.Write(Encoding.UTF8.GetBytes(file.Path));
        _postings = _writer.Position;
    }

    /// <summary>Adds the list of one trigram, greater than the one before.</summary>
    /// <param name="trigram">The trigram, or <see cref="TrigramEntry.Always"/>.</param>
    /// <param name="documents">Distinct, ascending.</param>
    public void Add(uint trigram, ReadOnlySpan<int> documents)
    {
        if (documents.IsEmpty) return;
        _pairs += documents.Length;
        var start = _writer.Position - _postings;
        if (start > uint.MaxValue) throw new InvalidOperationException("A segment's posting lists are larger than 4 GB.");
        _dictionary.Add(new(trigram, documents.Length, documents.Length == 1 ? (uint)documents[0] : (uint)start));
        if (documents.Length == 1) return;
        var last = -1;
        foreach (var document in documents)
        {
            WriteNumber((uint)(document - last - 1));
            last = document;
        }
    }

    /// <summary>Writes the rest and returns when all is on the disk.</summary>
    /// <param name="id">The segment's name.</param>
    public SegmentInfo Finish(ulong id)
    {
        _writer.Align();
        var dictionary = _writer.Position;
        var footer = new SegmentFooter(_files.Count, _dictionary.Count, _paths, _postings, dictionary, 0);
        Span<byte> bytes = stackalloc byte[TrigramEntry.Bytes];
        for (int block = 0, next = 0; block < footer.DictionaryBlocks; block++)
        {
            for (var end = next + footer.EntriesIn(block); next < end; next++)
            {
                _dictionary[next].WriteTo(bytes);
                _writer.Write(bytes);
            }
            _writer.Align();
        }
        footer = footer with { Fences = _writer.Position };
        for (int block = 0, next = 0; block < footer.DictionaryBlocks; next += footer.EntriesIn(block++))
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, _dictionary[next].Trigram);
            _writer.Write(bytes[..sizeof(uint)]);
        }
        footer.WriteTo(_writer);
        var (length, seal) = _writer.Finish();
        return new(id, length, seal, _files.Count, _pairs);
    }

    private void WriteNumber(uint number)
    {
        for (; number >= 0x80; number >>= 7) _writer.Write((byte)(number | 0x80));
        _writer.Write((byte)number);
    }
}
