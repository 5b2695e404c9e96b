using System.Buffers.Binary;
using Rlm.Context.Index.Storage;

namespace Rlm.Context.Index.Segments;

/// <summary>Writes one segment of files (<see cref="FileSegmentFooter"/> tells its layout) from first to last: behind the texts come the files, the posting lists in ascending order, and the end.</summary>
internal sealed class FileSegmentWriter
{
    private readonly CheckedWriter _writer;
    private readonly List<TrigramEntry> _dictionary = [];
    private readonly FileTable _files;
    private readonly long _blobBytes, _postings;
    private long _pairs;

    /// <summary>Writes the files.</summary>
    /// <param name="output">The segment's file.</param>
    /// <param name="texts">Through which the texts were written to it.</param>
    /// <param name="files">All files.</param>
    public FileSegmentWriter(IIndexOutput output, BlobWriter texts, FileTable files)
    {
        texts.Flush();
        (_writer, _files, _blobBytes) = (new(output), files, texts.Position);
        files.WriteTo(_writer);
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
            _writer.WriteNumber((uint)(document - last - 1));
            last = document;
        }
    }

    /// <summary>Writes the rest and returns when all is on the disk.</summary>
    /// <param name="id">The segment's name.</param>
    public SegmentInfo Finish(ulong id)
    {
        _writer.Align();
        var dictionary = _writer.Position;
        var footer = new FileSegmentFooter(_files.Count, _dictionary.Count, _files.Paths, _postings, dictionary, 0);
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
        return new(id, SegmentKind.Files, _blobBytes + length, _blobBytes, seal, _files.Count, _pairs);
    }
}
